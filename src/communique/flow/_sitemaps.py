"""Which parts of a sitemap are asked, and which of its addresses are news: pure decisions over what it says of itself.

A site's map holds all that it ever published. At first sight all of it is known from then on, but only what changed
in the last weeks is visited; later what was not known before.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from communique.flow.ledger import Found
from communique.records import Sitemap, SitemapEntry

NEWS = timedelta(days=30)  # what changed longer ago is not visited
PARTS = 20  # further sitemaps asked at one visit, those changed last first
UNDATED_PARTS = 3  # of an index that gives no days: the last ones, where sites put what is new
OVERLAP = timedelta(days=1)  # many maps give only a day, and some are written hours after it
AT_ONCE = (
    20  # addresses that a site may change on one day, or half of them; more is the day on which the map was written
)
DEPTH = 2  # an index may name an index (the protocol forbids it, sites do it), and no more


def parts(index: Sitemap, *, since: datetime | None, now: datetime) -> tuple[str, ...]:
    """Yield the sitemaps of an index to ask. `since` None: the index was never read before."""
    known = since - OVERLAP if since else now - NEWS
    dated = sorted((one for one in index.parts if one.changed), key=_changed, reverse=True)
    due = [one.url for one in dated if _changed(one) >= known]
    undated = [one.url for one in index.parts if not one.changed]
    news = [url for url in undated if "news" in url.lower()]
    return tuple(dict.fromkeys([*due, *news, *undated[-UNDATED_PARTS:]]))[:PARTS]


def found(sitemap: Sitemap, *, is_first: bool, now: datetime) -> list[Found]:
    """Yield what a sitemap names; what is old, or undated at first sight, is not due."""
    written = _written_on(sitemap)
    return [
        Found(
            url=one.url, title=one.title, feed_date=one.published, is_due=_is_due(one, is_first=is_first, now=now),
            changed_at=None if _day(one) in written else _changed_at(one, now),
        )
        for one in sitemap.items
    ]  # fmt: skip


def _is_due(one: SitemapEntry, *, is_first: bool, now: datetime) -> bool:
    if one.published or one.changed:
        return _instant(one.published or one.changed or "") >= now - NEWS
    return not is_first


def _written_on(sitemap: Sitemap) -> set[date | None]:
    """Yield the days on which so much changed that they tell of the map, or of a new look, and not of the pages."""
    days = Counter(_day(one) for one in sitemap.items if one.changed)
    return {day for day, count in days.items() if count > max(AT_ONCE, len(sitemap.items) / 2)}


def _day(one: SitemapEntry) -> date | None:
    at = _read(one.changed or "")
    return at.date() if at else None


def _changed_at(one: SitemapEntry, now: datetime) -> datetime | None:
    """Yield since when a page is another; of a day its begin, or each visit on that day would be followed by one more.

    What changed long ago is left: the map is read for news.
    """
    at = _read(one.changed or "")
    return at if at and now - NEWS <= at <= now else None


def _changed(one: SitemapEntry) -> datetime:
    return _instant(one.changed or "")


def _instant(written: str) -> datetime:
    """Read an ISO day, month or instant; of a day its end, so that nothing of it is missed."""
    at = _read(written)
    if at is None:
        return datetime.min.replace(tzinfo=UTC)
    return at + timedelta(days=1) if len(written) <= 10 and at.year < 9999 else at


def _read(written: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(written if len(written) >= 10 else (written + "-01-01")[:10])
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
