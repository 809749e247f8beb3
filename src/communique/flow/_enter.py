"""The inner half of the corridor: what a visit brought is matched and entered, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from communique import collect, match
from communique.flow import _absence, _identity, _names, _schedule, course
from communique.flow._visit import LOCAL, Kept, Visit, once
from communique.flow.ledger import DuePage, DueSource, Entry, Found, Known, Ledger, Versions, Visited
from communique.records import (
    Assignment,
    Capture,
    Document,
    Feed,
    Listing,
    Numerals,
    Sitemap,
    Trouble,
    Validators,
    versions,
)

Chance = Callable[[], float]  # yields 0..1, as random.random does; moves visits apart

RESTLESS = 24  # revisions in a row, one at each visit: then something on the page changes that is no statement
A_WHILE = timedelta(minutes=1)  # until what was put off is looked at again, where nobody says for how long
PUT_OFF = "not-yet"  # the kind of trouble that says: nothing was asked, the site rests


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a pass did."""

    visits: int = 0
    captures: int = 0
    found: int = 0
    documents: int = 0
    revisions: int = 0
    troubles: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            visits=self.visits + other.visits,
            captures=self.captures + other.captures,
            found=self.found + other.found,
            documents=self.documents + other.documents,
            revisions=self.revisions + other.revisions,
            troubles=self.troubles + other.troubles,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What became of a document."""

    tally: Tally
    trouble: Trouble | None = None


def enter(visit: Visit, *, ledger: Ledger, chance: Chance) -> Tally:
    """Enter one visit. Entering it twice adds nothing the second time."""
    if visit.trouble is not None and visit.trouble.kind == PUT_OFF and not visit.is_further:
        return _put_off(visit, ledger)
    if visit.is_home and isinstance(visit.due, DueSource):
        return _seen_at_home(visit, visit.due, ledger)
    with ledger.transaction():
        tally, read = Tally(visits=1), _Read(tally=Tally())
        if visit.kept is not None:
            tally += Tally(captures=int(ledger.add_capture(visit.kept.capture, visit.kept.evidence)))
            if isinstance(visit.made, Document):
                read = _document(visit, visit.kept, visit.made, ledger)
        visit = visit if read.trouble is None else replace(visit, trouble=read.trouble)
        tally += read.tally + Tally(troubles=int(visit.trouble is not None))
        found = _names.found(visit)
        tally += Tally(found=ledger.add_found(visit.due.source.id, found, now=visit.at) if found else 0)
        _look_again(found, ledger, now=visit.at)
        _note(visit, tally, ledger, chance)
    return tally


def _look_again(found: Sequence[Found], ledger: Ledger, *, now: datetime) -> None:
    """Let known pages be due that have changed since they were visited, as a sitemap says."""
    changed = {one.url: one.changed_at for one in found if one.changed_at}
    seen = ledger.last_seen(changed) if changed else {}
    for url, seen_at in seen.items():
        if (at := _schedule.changed_again(changed[url], seen_at=seen_at, now=now)) is not None:
            ledger.due_again(url, at=at)


def _put_off(visit: Visit, ledger: Ledger) -> Tally:
    """Leave what was not asked as it is; it is no failure of the source."""
    with ledger.transaction():
        ledger.put_off(visit.due, until=visit.not_before or visit.at + A_WHILE)
    return Tally()


def _seen_at_home(visit: Visit, due: DueSource, ledger: Ledger) -> Tally:
    """Note how many statements stand on a silent feed's own site that nobody told us of.

    They are not entered: which list is watched is a person's choice.
    """
    with ledger.transaction():
        if visit.kept is not None:
            ledger.add_capture(visit.kept.capture, visit.kept.evidence)
        entries = visit.made.items if isinstance(visit.made, Listing) else ()
        ahead = course.ahead_of(due.memory, [(entry, ledger.is_known(entry.url)) for entry in entries])
        ledger.looked_home(due.source.id, ahead=ahead, at=visit.at)
    return Tally(visits=1, captures=int(visit.kept is not None))


def _document(visit: Visit, kept: Kept, document: Document, ledger: Ledger) -> _Read:
    url = visit.address or (visit.due.url if isinstance(visit.due, DuePage) else kept.capture.url)
    if isinstance(visit.due, DuePage):
        known_as = _known_as(url, kept.capture, document, ledger, visit.at)
        if isinstance(known_as, Trouble):
            return _Read(tally=Tally(), trouble=known_as)
        url = known_as
    known = ledger.current(url)
    change = match.change(known.document, document) if known else None
    if known and change is None:
        return _Read(tally=Tally())
    if known and _is_restless(visit.due, document):
        return _Read(tally=Tally(), trouble=_restless(url))
    keys, fingerprint = match.keys(document), match.fingerprint(document)
    near = ledger.candidates(keys, limit=match.CANDIDATES) if known is None else ()
    found = known.assignment if known else _found(fingerprint, near, visit.due.source.id, ledger)
    ledger.add_document(
        Entry(
            url=url,
            source_id=visit.due.source.id,
            record_id=kept.evidence.record_id,
            document=document,
            assignment=found,
            coding=visit.coding,
            trouble=visit.coding_trouble,
            keys=keys,
            fingerprint=fingerprint,
            revises=known.key if known else None,
            change=change,
            versions=Versions(read=versions.READ, match=versions.MATCH, code=versions.CODE),
            seen_at=visit.at,
        )
    )
    _settle(found, ledger, visit.at)
    return _Read(tally=Tally(documents=1, revisions=int(known is not None)))


def _found(
    new: match.Fingerprint, near: Sequence[match.Candidate], source_id: str, ledger: Ledger
) -> Assignment:  # fmt: skip
    """Yield where a new document belongs: to a statement, else to a story, else it begins both."""
    background = ledger.background()
    found = match.statement(new, near, background)
    if any(one.statement == found.statement or one.story == found.story for one in near):
        return found
    stories = match.near_stories(new, near, background)
    if not stories:
        return found
    told = ledger.told_in(stories, limit=match.OF_STORIES)
    written = ledger.written_by(source_id, [one.key for one in told[-match.HABIT :]], limit=match.HABIT)
    return replace(found, story=match.story(new, told, written, background) or found.story)


def _known_as(url: str, capture: Capture, document: Document, ledger: Ledger, now: datetime) -> str | Trouble:
    """Yield under which address the page is known, once where it leads and what it calls itself are noted.

    Two that have a document each stay two. A page that calls itself by the name of one with another text is not
    believed: that name stands on many pages.
    """
    there = _identity.redirected(url, capture)
    if there is not None:
        if _are_two(ledger.current(url), ledger.current(there)):
            detail = f"{url} leads to {there} now, which is another page; the evidence of earlier visits stays"
            return Trouble(room="collect", kind="gone", detail=detail, passing=False)
        url = ledger.same(url, there, now=now)
    named = _identity.canonical(capture, document)
    if named is None:
        return url
    mine, theirs = ledger.current(url), ledger.current(named)
    if theirs is None or (mine and mine.key == theirs.key):
        return ledger.same(url, named, now=now)
    if mine is None and match.change(theirs.document, document) is None:
        return ledger.same(url, named, now=now)
    ledger.apart(named, now=now)
    return url


def _are_two(one: Known | None, other: Known | None) -> bool:
    return one is not None and other is not None and one.key != other.key


def _is_restless(due: DueSource | DuePage, document: Document) -> bool:
    """Tell whether a watched page has another text at each visit, this one too; one that rests is told again."""
    if not isinstance(due, DueSource) or due.text_digest == document.digest:
        return False
    return due.revisions_in_row >= RESTLESS


def _restless(url: str) -> Trouble:
    detail = (
        f"{url} had another text at each of the last {RESTLESS} visits, so no further change of it is told; "
        "watch a list or feed of the site instead, or look what keeps changing there"
    )
    return Trouble(room="match", kind="restless", detail=detail, passing=True)


def _settle(found: Assignment, ledger: Ledger, now: datetime) -> None:
    """Enter what a new document shows about those that were there: a late bridge, another original."""
    if found.joins:
        ledger.join(found.statement, found.joins, now=now)
    if found.joins or found.is_retold:
        ledger.retell(match.relations(ledger.members(found.statement), ledger.background()))


def _note(visit: Visit, tally: Tally, ledger: Ledger, chance: Chance) -> None:
    """Note how a visit went. What came further with it says nothing of the source's own address."""
    if (mark := once(visit)) is not None:
        ledger.tell_once(visit.due.source.id, mark)
    if visit.is_further:
        return
    is_new = bool(tally.found or tally.documents)
    if isinstance(visit.due, DuePage):
        ledger.page_visited(visit.due.url, _visited(visit, is_new=is_new, again=_page_again(visit, visit.due)))
        return
    memory = _memory(visit, visit.due, is_new=is_new)
    again = _source_again(visit, visit.due, memory, chance, is_new=is_new)
    ledger.source_visited(visit.due.source.id, replace(_visited(visit, is_new=is_new, again=again), memory=memory))


def _memory(visit: Visit, due: DueSource, *, is_new: bool) -> course.Memory:
    """Yield what is remembered of a source: what was known, where the visit failed."""
    if visit.kept is None or visit.trouble is not None:
        return due.memory
    made = visit.made if isinstance(visit.made, Feed | Listing) else None
    brought = course.Brought(
        at=visit.at, capture=visit.kept.capture, made=made, is_new=is_new, last_new=due.new_at
    )  # fmt: skip
    return course.after(due.memory, brought, url=due.source.url)


def _visited(visit: Visit, *, is_new: bool, again: datetime | None) -> Visited:
    capture = visit.kept.capture if visit.kept else None
    listed = len(visit.made.items) if isinstance(visit.made, Feed | Listing) else None
    if isinstance(visit.made, Sitemap):
        listed = len(visit.made.items) or len(visit.made.parts)
    return Visited(
        at=visit.at, next_at=again, answered=capture is not None, found_new=is_new,
        validators=_validators(visit), trouble=visit.trouble, listed=listed,
        explanation=visit.made.explanation if isinstance(visit.made, Listing) else None,
        digest=capture.digest if capture and capture.body else None,
        numerals=_numerals(visit) if is_new else None,
        text_digest=visit.made.digest if isinstance(visit.made, Document) else None,
        is_gone=visit.trouble is not None and visit.trouble.kind in _absence.ABSENT,
    )  # fmt: skip


def _numerals(visit: Visit) -> Numerals | None:
    return visit.made.lesson.numerals if isinstance(visit.made, Listing) and visit.made.lesson else None


def _validators(visit: Visit) -> Validators:
    """What to send back next time: the newest that the site gave. After a trouble the whole page is asked again.

    How far a mail folder was read stays known, whatever a single mail is like.
    """
    before = visit.due.validators
    is_local = isinstance(visit.due, DueSource) and visit.due.source.kind in LOCAL
    if visit.kept is None:
        return before if is_local else Validators()
    if visit.trouble is not None and not is_local:
        return Validators()
    if isinstance(visit.made, Sitemap) and visit.made.parts:
        return Validators()  # an index may stay as it is while its parts change
    given = collect.validators(visit.kept.capture)
    return Validators(etag=given.etag or before.etag, last_modified=given.last_modified or before.last_modified)


def _source_again(
    visit: Visit, due: DueSource, memory: course.Memory, chance: Chance, *, is_new: bool
) -> datetime:  # fmt: skip
    """Yield when a source is visited again: its own rhythm decides, and what it asks for; a failure doubles that."""
    last_new = visit.at if is_new else due.new_at
    silent_s = (visit.at - last_new).total_seconds() if last_new else None
    pause_s = collect.adapted_pause_s(
        due.source.pause_s, gap_s=memory.gap_s, silent_s=silent_s, wishes=memory.wishes
    )  # fmt: skip
    if due.told_until is not None and visit.at < due.told_until:
        pause_s = collect.net_pause_s(pause_s)
    return collect.next_visit(
        visit.at, pause_s, chance=chance, troubles=due.troubles_in_row + 1 if visit.trouble else 0,
        not_before=visit.not_before, wishes=memory.wishes,
    )  # fmt: skip


def _page_again(visit: Visit, due: DuePage) -> datetime | None:
    if visit.trouble is None or _is_final(visit.trouble):
        return _schedule.page_again(due.visits + 1, visit.at)
    again = _schedule.page_retry(due.troubles_in_row + 1, visit.at)
    return max(again, visit.not_before) if again and visit.not_before else again


def _is_final(trouble: Trouble) -> bool:
    """A page that was read in vain is looked at again as one that was read: its next version may do."""
    return trouble.room == "read"
