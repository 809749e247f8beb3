"""Headlines without a verb: "The appeal of X", "Solidarity messages of X on the 60th anniversary of Y"."""

from __future__ import annotations

from communique.code._draft import Draft
from communique.code._events import Told
from communique.code._lexicon import Frame
from communique.code._parts import Sentence, named
from communique.code._verbs import Phrase
from communique.records import Quote

_SLOT = {
    "of": "source",
    "by": "source",
    "from": "source",
    "to": "target",
    "with": "target",
    "for": "target",
    "against": "target",
}


def events(sentence: Sentence, text: str) -> list[Told]:
    """Yield what a sentence without a finite verb tells by its first noun."""
    first = next((phrase for phrase in sentence.phrases if phrase.kind == "NOUN"), None)
    if first is None or any(phrase.verb and phrase.verb.form == "finite" for phrase in sentence.phrases):
        return []
    frame = _frame(sentence, first)
    if frame is None:
        return []
    slots = _slots(sentence, first, frame)
    begin = next(
        (unit for unit in sentence.of(first) if unit.tag not in ("DET", "BODY", "POSS")), sentence.of(first)[-1]
    )
    span = (begin.start, sentence.of(first)[-1].end)
    event = Draft(
        type=frame.type, plover=frame.plover, trigger=Quote(text=text[slice(*span)], span=span),
        source=tuple(slots.get("source", ())), target=tuple(slots.get("target", ())),
        addressee=tuple(slots.get("addressee", ())), confidence=0.7, rule=frame.rule,
    )  # fmt: skip
    return [Told(event=event, units=sentence.units)] if event.source else []


def _frame(sentence: Sentence, phrase: Phrase) -> Frame | None:
    """Choose by the noun that says most: "solidarity message" is support, not a message."""
    frames = [
        frame
        for unit in sentence.of(phrase)
        for word in _singular(unit.low)
        if (frame := sentence.lexicon.nominals.get(word))
    ]
    return next((frame for frame in frames if frame.type != "STATE"), frames[0] if frames else None)


def _singular(low: str) -> tuple[str, ...]:
    return (low, low[:-1]) if low.endswith("s") else (low,)


def _slots(sentence: Sentence, first: Phrase, frame: Frame) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    before = [unit.ref for unit in sentence.of(first) if unit.tag == "BODY"]
    if before:
        found["source"] = before
    slot = None
    for phrase in sentence.phrases:
        if phrase.first < first.last:
            continue
        if phrase.kind == "PREP":
            slot = slot if slot and phrase.low == "of" else _SLOT.get(phrase.low)  # "to the congress of X"
            slot = "addressee" if slot == "target" and frame.type == "CALL" else slot
        elif phrase.low == ":" and not found.get("source"):
            slot = None  # "Solidarity with X: statement of Y"
        elif phrase.kind in ("COMMA", "BREAK") or phrase.verb:
            break
        elif phrase.kind == "NOUN" and slot:
            found.setdefault(slot, []).extend(named(sentence, phrase) or _occasion(sentence, phrase))
    return found


def _occasion(sentence: Sentence, phrase: Phrase) -> tuple[int, ...]:
    owners = [
        span for unit in sentence.of(phrase) if unit.tag == "OCCASION" for span in sentence.occasions[unit.ref].owners
    ]
    found = [sentence.body_at(span[0]) for span in owners]
    return tuple(index for index in found if index is not None)
