"""Who did what to whom.

Room: code
In: a text, a Registry, a Context (language, day of publication, publisher)
Out: Coding: mentions, events with modality and evidence, places, dates, occasions, and notes on what was not tried
Entry: coding(text, registry=…, context=…) -> Coding
"""

from communique.code._coding import coding
from communique.code._explanation import explanation
from communique.code._lexicon import BadLexicon

__all__ = ["BadLexicon", "coding", "explanation"]
