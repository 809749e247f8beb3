"""What the world sees: the published edition as plain files.

Room: wire
In: an Edition: the published dispatches by ranges of their keys, the wire's settings, its clock
Out: Page for each file of the public site; Written for what a build changed in a folder
Entry: pages(edition) -> Iterator[Page]; write(pages, folder), write_whole(pages, folder) -> Written;
    log_page(edition, lists) -> Page; edition(dispatches, settings) -> MemoryEdition; sections(dispatch, actor),
    slug(text, language), series_slug(name) for who keeps an edition elsewhere; found(edition, query, dispatches)
    -> the search page of a live wire
"""

from communique.wire._edition import KINDS, Edition, Kind, LogState, Section, Settings, WireError
from communique.wire._memory import Archived, MemoryEdition, edition, sections
from communique.wire._pages import found, log_page, pages
from communique.wire._press import Page
from communique.wire._series import slug as series_slug
from communique.wire._slugs import slug
from communique.wire._write import WriteError, Written, write, write_whole

__all__ = [
    "KINDS",
    "Archived",
    "Edition",
    "Kind",
    "LogState",
    "MemoryEdition",
    "Page",
    "Section",
    "Settings",
    "WireError",
    "WriteError",
    "Written",
    "edition",
    "found",
    "log_page",
    "pages",
    "sections",
    "series_slug",
    "slug",
    "write",
    "write_whole",
]
