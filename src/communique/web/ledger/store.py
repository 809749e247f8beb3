"""The ledger in a database: what flow enters, and what it asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Min, Q

from communique import collect, match
from communique.flow import told
from communique.flow.ledger import (
    MOST_TOLD,
    Due,
    DuePage,
    DueSource,
    Entry,
    Found,
    Known,
    Outdated,
    Renewed,
    Versions,
    Visited,
)
from communique.kit import text, urls
from communique.records import Capture, Change, Evidence, Kinship, Source
from communique.web.ledger import (
    acts,
    addresses,
    amending,
    courses,
    joining,
    keyed,
    lines,
    models,
    occasions,
    reckoned,
    recorded,
    sharing,
)

MATCHING_LOCK = 7_301_001  # PostgreSQL advisory lock: one writer matches at a time; any number that nothing else uses


class DatabaseLedger:
    """The books of one workspace, in SQLite or PostgreSQL. Keeps to `flow.ledger.Ledger`."""

    def __init__(self, *, share: int = sharing.SHARE) -> None:
        self._share = share
        self._background, self._counted = match.background([]), 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a transaction that excludes other writers: IMMEDIATE on SQLite, an advisory lock on PostgreSQL."""
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MATCHING_LOCK])
            yield

    def add_source(self, source: Source, *, now: datetime) -> bool:
        """Enter a source, due at once; False where its address or its id is there already."""
        if addresses.is_watched(source.url):
            return False
        _, is_new = models.Source.objects.get_or_create(
            slug=source.id,
            defaults={
                "url": source.url,
                "identity": addresses.identity(source.url),
                "kind": source.kind,
                "name": source.name,
                "publisher": source.publisher,
                "languages": list(source.languages),
                "pause_s": source.pause_s,
                "added_at": now,
                "next_visit_at": now,
            },
        )
        return is_new

    @contextmanager
    def due(self, now: datetime, *, limit: int) -> Iterator[Due]:
        """Yield what may be visited, the longest due first, and keep other workers from the same sites meanwhile.

        On PostgreSQL several workers collect: each takes a share of sites that no other has, and what is due of them is
        asked under their locks, which go with the connection, however the worker ends. On SQLite one process collects.
        """
        if connection.vendor != "postgresql":
            yield lines.due(now, limit)
            return
        sites = [collect.site(urls.host(url)) for url in lines.addresses(now, limit)]
        if not sites:
            yield Due(sources=[], pages=[])
            return
        with sharing.site_locks(sites, self._share) as held:
            again = lines.due(now, limit)
            yield Due(
                sources=[one for one in again.sources if collect.site(urls.host(one.address)) in held],
                pages=[one for one in again.pages if collect.site(urls.host(one.address)) in held],
            )

    def next_due_at(self) -> datetime | None:
        """Yield when the next source or page becomes due; None: nothing is watched."""
        sources = models.Source.objects.filter(is_paused=False).aggregate(at=Min("next_visit_at"))["at"]
        page = addresses.next_due_at()
        return min((at for at in (sources, page) if at is not None), default=None)

    def is_known(self, url: str) -> bool:
        """Tell whether an address (by its identity), or a body (by its digest), is in the books."""
        if url.startswith("sha256:"):
            return models.Capture.objects.filter(digest=url).exists()
        return models.Page.objects.filter(identity=addresses.identity(url)).exists()

    def add_capture(self, capture: Capture, evidence: Evidence) -> bool:
        """Enter where a capture is kept; False where it is there already."""
        _, is_new = models.Capture.objects.get_or_create(
            record_id=evidence.record_id,
            defaults={
                "source": models.Source.objects.filter(slug=capture.source_id).first(),
                "page": models.Page.objects.filter(identity=addresses.identity(capture.url)).first(),
                "url": text.printable(capture.url),
                "status": capture.status,
                "media_type": recorded.storable(capture.media_type, models.Capture, "media_type"),
                "captured_at": evidence.captured_at,
                "digest": evidence.digest,
                "warc": evidence.warc,
                "offset": evidence.offset,
            },
        )
        return is_new

    def add_found(self, source_id: str, found: Iterable[Found], *, now: datetime) -> int:
        """Enter addresses that a source names, due at once unless they say otherwise; known ones stay as they are."""
        rows = {addresses.identity(one.url): one for one in found}
        known = addresses.known(list(rows))
        new = [identity for identity in rows if identity not in known]
        source = models.Source.objects.get(slug=source_id)
        reckoned.redate(source, {name: day for name in known if (day := rows[name].listing_date)})
        models.Page.objects.bulk_create(
            models.Page(
                source=source, identity=identity, found_at=now, **_page_fields(rows[identity]),
                next_visit_at=now if rows[identity].is_due else None,
            )
            for identity in new
        )  # fmt: skip
        return len(new)

    def last_seen(self, urls: Iterable[str]) -> Mapping[str, datetime]:
        """Yield of each address that is known when its page was last visited, or else when it was found."""
        return addresses.last_seen(urls)

    def due_again(self, url: str, *, at: datetime) -> None:
        """Let a known page be visited at an instant, or sooner where it is due before."""
        addresses.due_again(url, at=at)

    def same(self, url: str, other: str, *, now: datetime) -> str:
        """Note that two addresses lead to one page; yields the one under which it is known from now on."""
        return addresses.same(url, other, now=now)

    def apart(self, url: str, *, now: datetime) -> None:
        """Take back that an address leads to another's page; it is a page of its own, due at once."""
        addresses.apart(url, now=now)

    def current(self, url: str) -> Known | None:
        """Yield the current document at an address (by its identity), as it was read: a change is one of the page."""
        if (page := addresses.page_id(url)) is None:
            return None
        rows = models.Document.objects.filter(page_id=page, is_current=True)
        row = rows.select_related("statement", "of").first()
        return (
            Known(key=str(row.pk), document=recorded.as_read(row), assignment=recorded.assignment(row)) if row else None
        )

    def candidates(self, keys: frozenset[int], *, limit: int) -> Sequence[match.Candidate]:
        """Yield current documents that share a key, those that share most (and rarest) keys first."""
        return keyed.candidates(keys, self.background(), limit=limit)

    def background(self) -> match.Background:
        """Yield how common marks are among the newest documents; counted anew as the books grow."""
        newest = keyed.newest()
        if match.is_outgrown(self._counted, newest):
            self._background, self._counted = keyed.background(), newest
        return self._background

    def told_in(self, stories: Sequence[str], *, limit: int) -> Sequence[match.Candidate]:
        """Yield the newest current documents of some stories, the oldest of them first."""
        return keyed.told_in(stories, limit=limit)

    def written_by(self, source_id: str, beside: Sequence[str], *, limit: int) -> Sequence[match.Fingerprint]:
        """Yield what a source, and those that some documents are of, published last: `limit` of each."""
        return keyed.written_by(source_id, beside, limit=limit)

    def members(self, statement: str) -> Sequence[match.Candidate]:
        """Yield the current documents of a statement, or of the one that it was merged into."""
        current = joining.standing(statement).documents.filter(is_current=True).order_by("pk")
        return keyed.of(list(current.values_list("pk", flat=True)))

    def join(self, statement: str, others: Sequence[str], *, now: datetime) -> None:
        """Let statements be one from now on; what was published on either is marked for review."""
        joining.join(statement, others, now=now)

    def retell(self, told: Sequence[Kinship]) -> None:
        """Enter the relations of a statement's documents anew; what an editor placed stays."""
        joining.retell(told)

    def add_document(self, entry: Entry) -> None:
        """Enter a document; what it revises is no longer current; its statement appears in the inbox or changes."""
        source = models.Source.objects.get(slug=entry.source_id)
        statement = _statement(entry)
        revised = models.Document.objects.get(pk=int(entry.revises)) if entry.revises else None
        if revised:
            models.Document.objects.filter(pk=revised.pk).update(is_current=False)
            keyed.forget(revised.pk)
            occasions.forget(revised.pk)
        page = _page_of(entry, source)
        row = models.Document.objects.create(
            page=page,
            source=source,
            capture=models.Capture.objects.get(record_id=entry.record_id),
            statement=revised.statement if revised else statement,
            relation=entry.assignment.relation,
            of_id=int(entry.assignment.of) if entry.assignment.of else None,
            score=entry.assignment.score,
            revises=revised,
            change=recorded.content(entry.change) if entry.change else None,
            language=recorded.storable(entry.document.language, models.Document, "language"),
            day=recorded.day(entry.document),
            title=recorded.storable(entry.document.title, models.Document, "title"),
            digest=entry.document.digest,
            content=recorded.content(entry.document),
            coding=recorded.content(entry.coding) if entry.coding else None,
            answers=revised.answers if revised else joining.answers(statement, entry.coding),
            trouble=recorded.storable(entry.trouble, models.Document, "trouble"),
            read_version=entry.versions.read,
            match_version=entry.versions.match,
            code_version=entry.versions.code,
            seen_at=entry.seen_at,
        )
        keyed.keep(row, entry.keys, entry.fingerprint)
        if revised:
            amending.carry(revised, row)
        occasions.keep(row)
        _touch(row, entry.change)
        courses.hear(entry.source_id, entry.document.language, now=entry.seen_at)
        reckoned.learn(entry.source_id, entry.document.numerals)

    def source_visited(self, source_id: str, visited: Visited) -> None:
        """Note how a visit to a source's own address went."""
        row = models.Source.objects.get(slug=source_id)
        before, row.visited_at, row.next_visit_at = row.visited_at, visited.at, visited.next_at or row.next_visit_at
        row.etag, row.last_modified = visited.validators.etag, visited.validators.last_modified
        row.answered_at = visited.at if visited.answered else row.answered_at
        row.new_at = visited.at if visited.found_new else row.new_at
        row.listed_before = visited.listed or row.listed_before
        row.explanation = visited.explanation or row.explanation
        row.trouble_since = (row.trouble_since or visited.at) if visited.trouble else None
        row.trouble_kind = visited.trouble.kind if visited.trouble else None
        row.trouble_detail = visited.trouble.detail if visited.trouble else None
        row.troubles_in_row = row.troubles_in_row + 1 if visited.trouble else 0
        courses.remember(row, visited, before=before)
        if visited.text_digest is not None:
            is_other = row.text_digest not in (None, visited.text_digest)
            row.revisions_in_row = row.revisions_in_row + 1 if is_other else 0
            row.text_digest = visited.text_digest
        row.save()
        reckoned.learn(source_id, visited.numerals)

    def tell_once(self, source_id: str, mark: str) -> None:
        """Note that a trouble with a single mail, file or note was told, by its digest."""
        row = models.Source.objects.only("told").get(slug=source_id)
        models.Source.objects.filter(pk=row.pk).update(told=[*row.told, mark][-MOST_TOLD:])

    def looked_home(self, source_id: str, *, ahead: int, at: datetime) -> None:
        """Note how many statements stand on the page that a silent feed belongs to, and in no list of ours."""
        courses.looked_home(models.Source.objects.get(slug=source_id), ahead=ahead, at=at)

    def page_visited(self, url: str, visited: Visited) -> None:
        """Note how a visit to a page went."""
        row = models.Page.objects.get(identity=addresses.identity(url))
        row.next_visit_at = visited.next_at if row.same_as_id is None else None
        if visited.is_gone and row.gone_at is None:
            addresses.mark_gone(row, visited)
        row.visited_at, row.visits = visited.at, row.visits + int(visited.answered)
        row.etag, row.last_modified = visited.validators.etag, visited.validators.last_modified
        row.digest = visited.digest or row.digest
        row.gone_at = (row.gone_at or visited.at) if visited.is_gone else None
        row.trouble_kind = visited.trouble.kind if visited.trouble else None
        row.trouble_detail = visited.trouble.detail if visited.trouble else None
        row.troubles_in_row = row.troubles_in_row + 1 if visited.trouble else 0
        row.save()

    def put_off(self, due: DueSource | DuePage, *, until: datetime) -> None:
        """Note that nothing was asked, because the site rests; nothing else of what is known changes."""
        if isinstance(due, DueSource):
            models.Source.objects.filter(slug=due.source.id).update(next_visit_at=until)
        else:
            models.Page.objects.filter(identity=addresses.identity(due.url)).update(next_visit_at=until)

    def outdated(self, present: Versions, *, limit: int) -> Sequence[Outdated]:
        """Yield current documents that an older version of a room made, oldest first."""
        older = Q(read_version__lt=present.read) | Q(match_version__lt=present.match) | Q(code_version__lt=present.code)
        rows = models.Document.objects.filter(older, is_current=True).select_related("source", "capture", "page")
        return [recorded.outdated(row) for row in rows.order_by("id")[:limit]]

    def renew(self, key: str, renewed: Renewed) -> None:
        """Enter what the present rooms made of a document; its statement and what editors said of it stay."""
        row = models.Document.objects.get(pk=int(key))
        amending.lay(row, renewed.document)
        row.coding = recorded.content(renewed.coding) if renewed.coding else None
        row.trouble = renewed.trouble
        row.read_version, row.match_version = renewed.versions.read, renewed.versions.match
        is_amended_since = renewed.amendments != recorded.amendments(row)
        row.code_version = amending.OUTDATED if is_amended_since else renewed.versions.code
        row.acts = acts.anchored_all(row.acts, told(recorded.document(row)))
        row.save()
        keyed.keep(row, renewed.keys, renewed.fingerprint)
        occasions.keep(row)


def _page_fields(found: Found) -> dict[str, str | date | bool | None]:
    return {
        "url": text.printable(found.url),
        "title": recorded.storable(found.title, models.Page, "title"),
        "listing_date": found.listing_date,
        "feed_date": recorded.storable(found.feed_date, models.Page, "feed_date"),
        "pinned": found.pinned,
    }


def _page_of(entry: Entry, source: models.Source) -> models.Page:
    """Yield the row of the document's address; a mail, a file or a watched page gets one when it is first read."""
    page, _ = models.Page.objects.get_or_create(
        identity=addresses.identity(entry.url),
        defaults={"source": source, "url": text.printable(entry.url), "found_at": entry.seen_at},
    )
    return page.same_as or page


def _statement(entry: Entry) -> models.Statement:
    """Yield the statement that a document joins, or a new one in the inbox."""
    row, _ = models.Statement.objects.get_or_create(
        key=entry.assignment.statement,
        defaults={
            "story": entry.assignment.story,
            "first_seen_at": entry.seen_at,
            "changed_at": entry.seen_at,
            "day": recorded.day(entry.document),
        },
    )
    while row.merged_into is not None:
        row = row.merged_into
    joining.ask(row, entry.assignment.asks)
    return row


def _touch(row: models.Document, change: Change | None) -> None:
    """Let the statement show that something joined it; what was published on it is marked for review."""
    statement = row.statement
    statement.changed_at = row.seen_at
    if change is not None and change.material and statement.stage == models.Statement.Stage.DISPATCHED:
        statement.needs_review = change.summary
    statement.save(update_fields=["changed_at", "needs_review"])
