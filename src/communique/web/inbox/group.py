"""One statement as an editor works on it: its documents, what was made of them, what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from communique.flow import whole
from communique.kit import urls
from communique.web.inbox import drafts, eventing, lines, listing, marking, merging, words
from communique.web.inbox.access import Visitor
from communique.web.inbox.drafts import DraftShown
from communique.web.inbox.eventing import Events
from communique.web.inbox.lines import Line, Question
from communique.web.inbox.marking import Stretch
from communique.web.ledger import dossiers, joining, models, occasions, recorded
from communique.web.ledger.people import Role

SHEETS = 12  # documents that are shown with their texts; the others are named
CHARACTERS = 6000  # of a text that is shown; the stored copy has all of it
MEMBERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document of the group."""

    record_id: str  # uuid of its evidence
    language: str | None
    language_name: str
    direction: str
    title: str
    site: str
    publisher: str
    url: str
    relation: str
    score: float
    is_by_hand: bool
    is_amended: bool  # an editor corrected how it was read
    day: date | None
    captured_at: datetime
    paragraphs: tuple[tuple[Stretch, ...], ...]  # empty where only the name is shown
    is_cut: bool
    gone_on: date | None  # on which it was taken away; None: it stands
    gone_why: str  # "" where it stands
    change: str | None  # what changed against the text before; None: it is the first
    trouble: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A statement of the same story."""

    key: str
    version: int
    address: str
    title: str
    language: str | None
    direction: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The numbered occasion that a statement tells of."""

    text: str  # as a document names it
    series: str  # slug
    name: str  # of the series


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A statement that was merged into this one, and may be parted again."""

    key: str
    title: str
    language: str | None
    direction: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One entry of the history."""

    at: datetime
    who: str
    action: str
    is_undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A dispatch of this statement that readers know."""

    number: int
    text: str
    language: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Can:
    """What this visitor may do with the statement as it stands."""

    draft: bool
    publish: bool
    merge: bool
    decline: bool
    snooze: bool
    reopen: bool
    split: bool
    merge_back: bool
    review: bool
    compare: bool
    answer: bool
    correct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All that the page of a statement needs."""

    key: str
    version: int
    stage: str
    line: Line
    title: str
    first_site: str
    day: date | None
    story: str
    occasion: Occasion | None  # None: none with a number in a series
    dossier: str  # the name that an editor gave the story; "" for none
    members: tuple[Member, ...]
    more_members: int
    dossiers: tuple[tuple[str, str], ...]  # (story, name) of others that it could be told in, the newest first
    question: Question | None
    sheets: tuple[Sheet, ...]
    events: tuple[Events, ...]  # of the document that the line tells, and of that which the proposal tells
    signers: tuple[str, ...]
    changed: str  # what is to be looked at since; "" for nothing
    draft: DraftShown | None  # None: nobody has begun one, or no document is left
    published: tuple[Published, ...]
    grown: tuple[Grown, ...]  # the newest merge first
    history: tuple[Done, ...]
    can: Can
    zone: str  # in which a time is given


def of(visitor: Visitor, key: str, *, typed: str | None = None) -> Group | str | None:
    """Yield the group; the key of the one that it was merged into; None: there is none of that name.

    `typed` are words for a draft that are not saved yet.
    """
    statement = models.Statement.objects.filter(key=key).select_related("merged_into").first()
    if statement is None:
        return None
    if statement.merged_into is not None:
        return statement.merged_into.key
    rows = list(listing.documents().filter(statement=statement).select_related("source", "page", "capture"))
    return _group(visitor, statement, rows, typed) if rows else None


def _group(visitor: Visitor, statement: models.Statement, rows: list[models.Document], typed: str | None) -> Group:
    language, name = visitor.workspace.text("wire.language"), listing.actor_names(visitor.workspace)
    ordered = lines.in_order(rows, language)
    first = ordered[0]
    made = lines.line(statement, ordered, actor_name=name, language=language, now=visitor.local_now)
    members, more = _members(statement)
    draft, dossier = drafts.of(visitor, statement, typed=typed), dossiers.of(statement.story)
    return Group(
        key=statement.key, version=statement.version, stage=statement.stage, line=made,
        title=first.title or "(without a title)", first_site=_first_site(rows),
        day=statement.day, story=statement.story,
        occasion=_occasion(statement), dossier=dossier.name if dossier else "", members=members,
        more_members=more, dossiers=dossiers.others(statement.story),
        question=lines.question(ordered, recorded.coding(lines.with_events(ordered)), name) or _near(statement),
        sheets=_sheets(ordered, draft, language), events=_events(ordered, draft), signers=_signers(ordered),
        changed=words.changed(statement.needs_review), draft=draft, published=_published(statement),
        grown=_grown(statement), history=_history(statement), can=_can(visitor, statement, ordered),
        zone=visitor.zone.key,
    )  # fmt: skip


def _near(statement: models.Statement) -> lines.Question | None:
    """Ask whether a statement is the same as one that it is near to, where matching left that open."""
    other = joining.asked(statement)
    first = other.documents.filter(is_current=True).select_related("source").order_by("pk").first() if other else None
    if other is None or first is None:
        return None
    title = first.title or "(without a title)"
    return lines.Question(text=f"is it the same statement as “{title}” of {first.source.name}?", other=other.key)


def _occasion(statement: models.Statement) -> Occasion | None:
    found = occasions.of(statement)
    return Occasion(text=found.text, series=found.series, name=found.name) if found else None


def _first_site(rows: Sequence[models.Document]) -> str:
    """Yield where it was seen first: not always where the original stands, which may be found later."""
    first = min(rows, key=lambda row: (row.seen_at, row.pk))
    return urls.host(_address(first)) or first.source.name


def _signers(ordered: Sequence[models.Document]) -> tuple[str, ...]:
    """Yield the longest list of signers: who joined later stands only on some sites."""
    longest: list[str] = []
    for row in ordered:
        names = lines.signer_names(row)
        longest = names if len(names) > len(longest) else longest
    return tuple(longest)


def _events(ordered: Sequence[models.Document], draft: DraftShown | None) -> tuple[Events, ...]:
    shown = {lines.with_events(ordered).pk, *(draft.order[:1] if draft else ())}
    return tuple(eventing.of(row) for row in ordered if row.pk in shown)


def _sheets(ordered: Sequence[models.Document], draft: DraftShown | None, language: str) -> tuple[Sheet, ...]:
    """Yield the documents; marks of the proposal's parts follow the order in which the drafting room reads them."""
    places = {pk: place for place, pk in enumerate(draft.order)} if draft else {}
    parts = draft.parts if draft else ()
    return tuple(
        _sheet(row, parts, places.get(row.pk, -1), is_shown=number < SHEETS) for number, row in enumerate(ordered)
    )


def _sheet(row: models.Document, parts: marking.Parts, place: int, *, is_shown: bool) -> Sheet:
    text = whole(recorded.document(row)) if is_shown else ""
    marks = [*marking.of_coding(recorded.coding(row)), *marking.of_parts(parts, place)] if is_shown else []
    cut = text[:CHARACTERS]
    gone_at = row.page.gone_at if row.page else None
    return Sheet(
        record_id=row.capture.record_id.removeprefix("urn:uuid:"), language=row.language,
        language_name=words.language_name(row.language), direction=words.direction(row.language),
        title=row.title or "(without a title)", site=urls.host(_address(row)) or row.source.name,
        publisher=row.source.name, url=_address(row), relation=words.RELATIONS.get(row.relation, row.relation),
        score=row.score, is_by_hand=row.is_placed_by_hand, is_amended=bool(row.amendments),
        day=row.day,
        captured_at=row.capture.captured_at, paragraphs=marking.paragraphs(marking.stretches(cut, marks)),
        is_cut=len(text) > CHARACTERS, gone_on=gone_at.date() if gone_at else None,
        gone_why=(row.page.trouble_detail or "") if row.page and gone_at else "",
        change=(row.change or {}).get("summary"), trouble=row.trouble,
    )  # fmt: skip


def _address(row: models.Document) -> str:
    return row.page.url if row.page else row.capture.url


def _members(statement: models.Statement) -> tuple[tuple[Member, ...], int]:
    rows = models.Statement.objects.filter(story=statement.story, merged_into__isnull=True).exclude(pk=statement.pk)
    found = list(listing.with_documents(rows.order_by("-first_seen_at", "-id"))[: MEMBERS + 1])
    made = tuple(member(row) for row in found[:MEMBERS] if row.shown)  # type: ignore[attr-defined]  # by the Prefetch
    return made, max(0, rows.count() - MEMBERS) if len(found) > MEMBERS else 0


def member(row: models.Statement) -> Member:
    """Yield a statement as another one names it; `row` is of `listing.with_documents`."""
    first = lines.in_order(row.shown, "en")[0]  # type: ignore[attr-defined]  # by the Prefetch
    return Member(
        key=row.key, version=row.version, address=f"/desk/statements/{row.key}/",
        title=first.title or "(without a title)", language=first.language,
        direction=words.direction(first.language), day=row.day,
    )  # fmt: skip


def _published(statement: models.Statement) -> tuple[Published, ...]:
    rows = statement.dispatches.filter(number__isnull=False).order_by("-number")
    return tuple(
        Published(number=row.number or 0, text=row.text, language=row.language, stage=row.stage) for row in rows
    )


def _grown(statement: models.Statement) -> tuple[Grown, ...]:
    entries = list(merging.merges(statement)[:MEMBERS])
    first = [one.detail["documents"][0][0] for one in entries if one.detail["documents"]]
    titles = models.Document.objects.only("title", "language").in_bulk(first)
    return tuple(
        _grown_by(one, titles.get(one.detail["documents"][0][0]) if one.detail["documents"] else None)
        for one in entries
    )


def _grown_by(entry: models.Audit, document: models.Document | None) -> Grown:
    language = document.language if document else None
    return Grown(
        key=entry.statement.key if entry.statement else "", title=(document and document.title) or "(without a title)",
        language=language, direction=words.direction(language),
        who=entry.by.username if entry.by else "the program", at=entry.at,
    )  # fmt: skip


def _history(statement: models.Statement) -> tuple[Done, ...]:
    rows = models.Audit.objects.filter(statement=statement).select_related("by")[:30]
    return tuple(done(row) for row in rows)


def done(row: models.Audit) -> Done:
    """Yield an entry of the audit as pages show it."""
    who = row.by.username if row.by else "the program"
    return Done(at=row.at, who=who, action=row.action, is_undone=row.undone_at is not None)


def _can(visitor: Visitor, statement: models.Statement, ordered: Sequence[models.Document]) -> Can:
    stage = models.Statement.Stage
    reporter, editor = visitor.may(Role.REPORTER), visitor.may(Role.EDITOR)
    waits = statement.stage in (stage.INBOX, stage.SNOOZED)
    compare = len(ordered) > 1 or any(row.change for row in ordered)
    return Can(
        draft=reporter, publish=editor, merge=editor and statement.stage != stage.DISPATCHED,
        decline=editor and waits, snooze=reporter and waits,
        reopen=reporter and statement.stage in (stage.DECLINED, stage.SNOOZED),
        split=editor and len(ordered) > 1, merge_back=editor,
        review=editor and statement.needs_review is not None, compare=compare,
        answer=editor, correct=editor,
    )  # fmt: skip
