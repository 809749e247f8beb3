"""The inner half of the corridor: what a visit brought is matched and entered, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from communique import collect, match
from communique.flow import _schedule, course
from communique.flow._visit import Kept, Visit
from communique.flow.ledger import DuePage, DueSource, Entry, Found, Ledger, Versions, Visited
from communique.kit import urls
from communique.records import Assignment, Document, Feed, Listing, Trouble, Validators, versions

Chance = Callable[[], float]  # yields 0..1, as random.random does; moves visits apart

A_WHILE = timedelta(minutes=1)  # until what was put off is looked at again, where nobody says for how long
PUT_OFF = "not-yet"  # the kind of trouble that says: nothing was asked, the site rests
CANDIDATES = 100  # documents that one new one is held against: recall of the keys is measured in bench/match


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


def enter(visit: Visit, *, ledger: Ledger, chance: Chance) -> Tally:
    """Enter one visit. Entering it twice adds nothing the second time."""
    if visit.trouble is not None and visit.trouble.kind == PUT_OFF and not visit.is_older:
        return _put_off(visit, ledger)
    if visit.is_home and isinstance(visit.due, DueSource):
        return _seen_at_home(visit, visit.due, ledger)
    with ledger.transaction():
        tally = Tally(visits=1, troubles=int(visit.trouble is not None))
        if visit.kept is not None:
            tally += Tally(captures=int(ledger.add_capture(visit.kept.capture, visit.kept.evidence)))
            if isinstance(visit.made, Document):
                tally += _document(visit, visit.kept, visit.made, ledger)
        found = _found(visit)
        tally += Tally(found=ledger.add_found(visit.due.source.id, found, now=visit.at) if found else 0)
        _note(visit, tally, ledger, chance)
    return tally


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


def _found(visit: Visit) -> list[Found]:
    """Yield what a feed or a list names; its own address, which broken links resolve to, is no statement."""
    own = urls.identity(visit.due.source.url)
    return [one for one in _named(visit.made) if urls.absolute(one.url, "") and urls.identity(one.url) != own]


def _named(made: Document | Listing | Feed | None) -> list[Found]:
    if isinstance(made, Feed):
        return [
            Found(url=entry.link, title=entry.title, feed_date=entry.published or entry.updated)
            for entry in made.items
            if entry.link
        ]
    if isinstance(made, Listing):
        return [
            Found(url=entry.url, title=entry.title, listing_date=entry.date, pinned=entry.pinned)
            for entry in made.items
        ]
    return []


def _document(visit: Visit, kept: Kept, document: Document, ledger: Ledger) -> Tally:
    url = visit.due.url if isinstance(visit.due, DuePage) else kept.capture.url
    known = ledger.current(url)
    change = match.change(known.document, document) if known else None
    if known and change is None:
        return Tally()
    keys = match.keys(document)
    found = known.assignment if known else match.statement(document, ledger.candidates(keys, limit=CANDIDATES))
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
            revises=known.key if known else None,
            change=change,
            versions=Versions(read=versions.READ, match=versions.MATCH, code=versions.CODE),
            seen_at=visit.at,
        )
    )
    _settle(found, ledger, visit.at)
    return Tally(documents=1, revisions=int(known is not None))


def _settle(found: Assignment, ledger: Ledger, now: datetime) -> None:
    """Enter what a new document shows about those that were there: a late bridge, another original."""
    if found.joins:
        ledger.join(found.statement, found.joins, now=now)
    if found.joins or found.is_retold:
        ledger.retell(match.relations(ledger.members(found.statement)))


def _note(visit: Visit, tally: Tally, ledger: Ledger, chance: Chance) -> None:
    """Note how a visit went. An older page of a list says nothing of the source's own address."""
    if visit.is_older:
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
    return Visited(
        at=visit.at, next_at=again, answered=capture is not None, found_new=is_new,
        validators=_validators(visit), trouble=visit.trouble, listed=listed,
        explanation=visit.made.explanation if isinstance(visit.made, Listing) else None,
        digest=capture.digest if capture and capture.body else None,
        is_gone=visit.trouble is not None and visit.trouble.kind == "gone",
    )  # fmt: skip


def _validators(visit: Visit) -> Validators:
    """What to send back next time: the newest that the site gave. After a trouble the whole page is asked again."""
    if visit.kept is None or visit.trouble is not None:
        return Validators()
    given, before = collect.validators(visit.kept.capture), visit.due.validators
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
