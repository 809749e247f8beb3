"""A feed that has gone silent is held against the page that it belongs to: does the site move on without it?"""

from __future__ import annotations

from communique import archive, collect
from communique.flow import course
from communique.flow._visit import Kept, Means, Visit
from communique.flow.ledger import DueSource
from communique.kit import urls
from communique.records import Listing, Trouble


def look_home(due: DueSource, means: Means) -> Visit | None:
    """Look at the page of a silent feed, where that is due and stands on the same site; None: it isn't."""
    home, now = due.memory.home, means.clock()
    if due.source.kind != "feed" or home is None or not course.looks_home(due.memory, last_new=due.new_at, now=now):
        return None
    if collect.site(urls.host(home)) != collect.site(urls.host(due.source.url)):
        return None
    capture = collect.capture(home, client=means.client, source_id=due.source.id)
    if isinstance(capture, Trouble):
        return Visit(due=due, at=now, is_home=True)
    kept = Kept(capture=capture, evidence=archive.keep(capture, folder=means.evidence))
    listing = means.reader.listing(capture) if capture.status == 200 else None
    made = listing if isinstance(listing, Listing) else None
    return Visit(due=due, at=capture.fetched_at, kept=kept, made=made, is_home=True)
