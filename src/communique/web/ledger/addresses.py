"""Pages by their addresses: which are in the books, and which lead to one page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min, Q

from communique.flow.ledger import Visited
from communique.kit import digest, text, urls
from communique.web.ledger import models

_SEEN = ("identity", "visited_at", "found_at")
ASKED = 5000  # addresses asked for in one query
IDENTITY_BYTES = 900  # what the column of addresses takes, and its index too


def identity(url: str) -> str:
    """Yield the form under which an address is known here: that of kit, cut and told apart by its digest where long.

    An index of PostgreSQL takes no entry over a third of a page (2,704 bytes).
    """
    identity = text.printable(urls.identity(url))
    if len(identity.encode()) <= IDENTITY_BYTES:
        return identity
    return f"{identity[:100]} {digest.sha256_of_text(identity)}"


def known(identities: list[str]) -> set[str]:
    """Yield those that are in the books. A sitemap names 50,000, more than a query of SQLite takes."""
    found: set[str] = set()
    for first in range(0, len(identities), ASKED):
        rows = models.Page.objects.filter(identity__in=identities[first : first + ASKED])
        found.update(rows.values_list("identity", flat=True))
    return found


def page_id(url: str) -> int | None:
    """Yield the row of the page that an address leads to; None: the address is not known."""
    rows = models.Page.objects.filter(identity=identity(url)).values_list("pk", "same_as_id")
    own, root = rows.first() or (None, None)
    return root or own


def last_seen(urls_asked: Iterable[str]) -> dict[str, datetime]:
    """Yield of each address that is known when its page was last visited, or else when it was found."""
    by_identity = {identity(url): url for url in urls_asked}
    asked, found = list(by_identity), {}
    for first in range(0, len(asked), ASKED):
        rows = models.Page.objects.filter(identity__in=asked[first : first + ASKED]).select_related("same_as")
        for row in rows.only(*_SEEN, *(f"same_as__{name}" for name in _SEEN)):
            page = row.same_as or row
            found[by_identity[row.identity]] = page.visited_at or page.found_at
    return found


def due_again(url: str, *, at: datetime) -> None:
    """Let a known page be visited at an instant, or sooner where it is due before."""
    later = Q(next_visit_at__isnull=True) | Q(next_visit_at__gt=at)
    if (page := page_id(url)) is not None:
        models.Page.objects.filter(later, pk=page).update(next_visit_at=at)


def next_due_at() -> datetime | None:
    """Yield when the next page of a source that is not paused becomes due; None: none does.

    Joined with its sources, PostgreSQL reads all 200,000 pages of a million that are due some day (580 ms).
    """
    paused = list(models.Source.objects.filter(is_paused=True).values_list("pk", flat=True))
    pages = models.Page.objects.filter(next_visit_at__isnull=False).exclude(source_id__in=paused)
    at: datetime | None = pages.aggregate(at=Min("next_visit_at"))["at"]
    return at


def is_watched(url: str) -> bool:
    """Tell whether a source is watched at an address, in whatever spelling."""
    return models.Source.objects.filter(identity=identity(url)).exists()


def same(url: str, other: str, *, now: datetime) -> str:
    """Note that two addresses lead to one page; yields the one under which it is known from now on."""
    here = models.Page.objects.get(identity=identity(url))
    here = here.same_as or here
    there, is_new = models.Page.objects.get_or_create(
        identity=identity(other),
        defaults={"source": here.source, "url": text.printable(other), "found_at": now, "same_as": here},
    )
    there = there.same_as or there
    if is_new or there == here or there.is_disputed or here.is_disputed:
        return here.url
    has_document = models.Document.objects.filter(page=there).exists()
    is_first = there.pk < here.pk and not models.Document.objects.filter(page=here).exists()
    kept, left = (there, here) if has_document or is_first else (here, there)
    models.Page.objects.filter(Q(pk=left.pk) | Q(same_as=left)).update(same_as=kept, next_visit_at=None)
    return kept.url


def apart(url: str, *, now: datetime) -> None:
    """Take back that an address leads to another's page; it is a page of its own, due at once."""
    page = models.Page.objects.get(identity=identity(url))
    if not page.is_disputed:
        page.next_visit_at = now if page.same_as_id else page.next_visit_at
        page.same_as, page.is_disputed = None, True
        page.save(update_fields=["same_as", "next_visit_at", "is_disputed"])


def mark_gone(page: models.Page, visited: Visited) -> None:
    """Let what was published on a page that is taken away be looked at again."""
    said = f"taken away on {visited.at:%Y-%m-%d}: {visited.trouble.detail}" if visited.trouble else "taken away"
    statements = models.Statement.objects.filter(documents__page=page, stage=models.Statement.Stage.DISPATCHED)
    models.Statement.objects.filter(pk__in=list(statements.values_list("pk", flat=True))).update(needs_review=said)
