"""Who did what to whom.

Room: code
In: a text, a Registry, a Context (language, day of publication, publisher)
Out: Coding: mentions, events with modality and evidence, places, dates, occasions, and notes on what was not tried
Entry: coding(text, registry=…, context=…) -> Coding; explanation(…): how it came about; LANGUAGES in which acts are
    read; TYPES, the codebook
"""

from communique.code._coding import coding
from communique.code._explanation import explanation
from communique.code._glossary import LANGUAGES
from communique.code._lexicon import BadLexicon
from communique.code._types import TYPES

__all__ = ["LANGUAGES", "TYPES", "BadLexicon", "coding", "explanation"]
