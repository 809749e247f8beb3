"""One line a statement: who did what, to whom or what, in which languages, on how many sites, and what is unsure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from communique.records import Coding, Event
from communique.web.inbox import telling, words
from communique.web.ledger import models, publishers, recorded

SURE = 0.8  # confidence of a coding from which on the desk shows it as sure; to be set by measuring, with issue "code"
SAME = 0.6  # score below which an editor is asked whether a document belongs to its group; likewise
SHOWN_LANGUAGES = 2
ActorName = Callable[[str], tuple[str, str] | None]  # actor id or name to (name, shortest name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What an editor should know before opening a line."""

    kind: Literal["unsure", "changed", "modality", "draft", "snoozed"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Words with the language that they are in."""

    text: str
    language: str | None
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The one thing that is unsure, with its possible answers."""

    text: str
    answers: tuple[tuple[str, str], ...] = ()  # (actor id, name)
    surface: str = ""  # the name in the text that is asked about
    record_id: str = ""  # uuid of the evidence of the document that is asked about
    other: str = ""  # key of the statement that this one may be the same as


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How sure the coding of a line is: a sign with its word."""

    sign: str
    kind: Literal["sure", "unsure", "uncoded"]
    text: str


_SURE = Mark(sign="●", kind="sure", text="coded, sure")
_UNSURE = Mark(sign="◐", kind="unsure", text="not sure: look before you draft")
_UNCODED = Mark(sign="○", kind="uncoded", text="no act was coded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A statement as the inbox shows it."""

    key: str
    address: str  # of its own page
    who: str
    others: int  # further bodies that said it
    who_whole: str  # all of them, in full
    act: str
    what: Told
    languages: str  # "el en +12"
    languages_whole: str
    sites: int
    signers: int | None
    at: datetime
    age: str
    mark: Mark
    notes: tuple[Note, ...]


def line(
    statement: models.Statement, documents: Sequence[models.Document], *, actor_name: ActorName, language: str,
    now: datetime,
) -> Line:  # fmt: skip
    """Make the line of a statement from its current documents, of which there is at least one. Asks no database."""
    ordered = in_order(documents, language)
    lead = with_events(ordered)
    coding = recorded.coding(lead)
    event = main_event(coding)
    bodies = _bodies(ordered, actor_name)
    tags = list(dict.fromkeys(row.language for row in ordered if row.language))
    unsure = question(ordered, coding, actor_name)
    if unsure is None and statement.asks:
        unsure = Question(text="is it the same as another statement?", other=statement.asks[0])
    act, what = _told(lead, coding, event, language)
    return Line(
        key=statement.key, address=f"/desk/statements/{statement.key}/",
        who=", ".join(short for _, short in bodies[:2]) if len(bodies) > 1 else bodies[0][0],
        others=max(0, len(bodies) - 2), who_whole=", ".join(name for name, _ in bodies),
        act=act, what=what,
        languages=_tags(tags), languages_whole=", ".join(map(words.language_name, tags)),
        sites=len({row.source_id for row in ordered}), signers=signer_count(ordered),
        at=statement.first_seen_at, age=words.age(statement.first_seen_at, now),
        mark=_mark(event, unsure),
        notes=_notes(statement, event, unsure, now),
    )  # fmt: skip


def _mark(event: Event | None, unsure: Question | None) -> Mark:
    if unsure is not None or (event is not None and event.confidence < SURE):
        return _UNSURE
    return _SURE if event is not None else _UNCODED


def in_order(documents: Sequence[models.Document], language: str) -> list[models.Document]:
    """Yield documents as the desk shows them: the original first, then those in the wire's language."""
    return sorted(documents, key=lambda row: (row.relation != "original", row.language != language, row.pk))


def with_events(ordered: Sequence[models.Document]) -> models.Document:
    """Yield the document that tells the act: whose events an editor corrected, else that any were coded from."""
    said = (row for row in ordered if row.acts)
    return next(said, None) or next((row for row in ordered if row.coding and row.coding.get("events")), ordered[0])


def main_event(coding: Coding | None) -> Event | None:
    """Yield the act that a line tells."""
    events = coding.events if coding else ()
    return next((event for event in events if event.level == "main"), None)


def question(ordered: Sequence[models.Document], coding: Coding | None, actor_name: ActorName) -> Question | None:
    """Yield the one thing to ask: a name that two bodies have, or a document that may not belong."""
    undecided = next((one for one in (coding.mentions if coding else ()) if one.actor is None and one.candidates), None)
    if undecided is not None:
        answers = tuple((id_, (actor_name(id_) or (id_, id_))[0]) for id_ in undecided.candidates)
        return Question(text=f"which “{undecided.text}”?", answers=answers, surface=undecided.text)
    doubtful = next((row for row in ordered if row.score < SAME and not row.is_placed_by_hand), None)
    if doubtful is not None:
        return Question(
            text=f"does the one of {doubtful.source.name} say the same as the others?", record_id=_record_id(doubtful)
        )
    return None


def _record_id(row: models.Document) -> str:
    return row.capture.record_id.removeprefix("urn:uuid:")


def signer_count(documents: Sequence[models.Document]) -> int | None:
    """Yield how many signed, by the longest list or the highest stated count; None: nobody is said to have."""
    counts = [max(_stated(row), len(signer_names(row))) for row in documents]
    return max(counts, default=0) or None


def _stated(row: models.Document) -> int:
    return row.stated_count or 0  # type: ignore[attr-defined]  # by `listing.documents`


def signer_names(row: models.Document) -> list[str]:
    """Yield who signed by one document, of `listing.documents`."""
    return [one["name"] for one in row.signatories if one["relation"] == "signer"]  # type: ignore[attr-defined]


def _bodies(ordered: Sequence[models.Document], actor_name: ActorName) -> list[tuple[str, str]]:
    """Yield who published it, each once, as (name, shortest name)."""
    found: dict[str, tuple[str, str]] = {}
    for row in ordered:
        by = publishers.said(row.source, row.said_publisher)  # type: ignore[attr-defined]  # by `listing.documents`
        known = actor_name(by) if by else None
        name = by or row.source.name
        found.setdefault(known[0] if known else name, known or (name, name))
    return list(found.values())


def _told(
    lead: models.Document, coding: Coding | None, event: Event | None, language: str
) -> tuple[str, Told]:  # fmt: skip
    """Yield the verb of the act and what it joins to; the title, where the act joins to nothing that was coded."""
    is_own = words.primary(lead.language) == words.primary(language)
    told = telling.of(coding, event, in_own_language=is_own) if coding is not None and event is not None else None
    if told is not None and told.words:
        tag, direction = (lead.language, words.direction(lead.language)) if told.is_quoted else (None, "auto")
        return told.act, Told(text=told.words, language=tag, direction=direction)
    title = Told(
        text=lead.title or "(without a title)", language=lead.language, direction=words.direction(lead.language)
    )
    # A title in the desk's own language tells the act itself; of another, its reader wants the verb.
    return (f"{told.act}:" if told is not None and not is_own else ""), title


def _tags(tags: Sequence[str]) -> str:
    more = len(tags) - SHOWN_LANGUAGES
    return " ".join(tags) if more <= 1 else f"{' '.join(tags[:SHOWN_LANGUAGES])} +{more}"


def _notes(
    statement: models.Statement, event: Event | None, unsure: Question | None, now: datetime
) -> tuple[Note, ...]:
    notes = []
    if statement.needs_review:
        notes.append(Note(kind="changed", text=f"changed: {words.changed(statement.needs_review)}"))
    if event is not None and event.modality in words.MODALITIES:
        notes.append(Note(kind="modality", text=words.MODALITIES[event.modality]))
    if unsure is not None:
        notes.append(Note(kind="unsure", text=f"unsure: {unsure.text}"))
    stages = {row.stage: row for row in statement.dispatches.all()}
    if (scheduled := stages.get("scheduled")) is not None and scheduled.scheduled_at is not None:
        notes.append(Note(kind="draft", text=f"goes out {words.clock(scheduled.scheduled_at, now)}"))
    elif "draft" in stages:
        notes.append(Note(kind="draft", text="drafted"))
    if statement.stage == models.Statement.Stage.SNOOZED and statement.snoozed_until:
        notes.append(Note(kind="snoozed", text=f"due {words.until(statement.snoozed_until, now)}"))
    return tuple(notes)
