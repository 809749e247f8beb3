"""Headlines without a verb, in any language with a glossary: what their first nouns tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.code._glossary import Act, Glossary, fits
from communique.code._predicates import is_infinitive
from communique.code._tokens import Token


def is_called_off(tokens: Sequence[Token], known: Glossary) -> bool:
    """Tell whether a verb of a sentence calls something off, whoever does: "Treffen … abgesagt"."""
    lemmas = [lemma for token in tokens for lemma, _ in known.forms.get(token.low, ())]
    return any(act.is_calling_off for lemma in lemmas for act in known.acts.get(lemma, ()))


def nominal(tokens: Sequence[Token], known: Glossary) -> Iterator[tuple[Act, int, int]]:
    """Yield what a headline without a verb tells: the act, the first and the end of the words that say so."""
    places = [i for i, token in enumerate(tokens[:12]) if token.tag == "WORD"]
    if known.order == "sov":
        places = [i for i, token in enumerate(tokens) if token.tag == "WORD"][-2:]
    places = [i for i in places if not is_infinitive(tokens[i], known)]
    hits = [(i, act) for i in places for patterns, act in known.nominals if fits(tokens[i].low, patterns)]
    if not hits:
        return
    chosen = next((hit for hit in hits if hit[1].type != "STATE"), hits[0])
    first = min(hit[0] for hit in hits if hit[0] <= chosen[0] and chosen[0] - hit[0] <= 3)
    yield chosen[1], first, chosen[0] + 1
