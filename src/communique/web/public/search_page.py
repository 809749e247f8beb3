"""The search page of a live wire: the wire's own page, with what was found."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from communique import archive, wire
from communique.web import workspace
from communique.web.ledger import publication, site
from communique.web.ledger.edition import DatabaseEdition
from communique.web.public import files, rows, search, shapes

MOST = 100  # results on one page
LONGEST_QUERY = 300  # characters that are looked for


@csrf_exempt
@require_safe
def search_page(request: HttpRequest) -> HttpResponseBase:
    """Answer with the wire's search page; without words to look for it is the plain file."""
    query = request.GET.get("q", "")[:LONGEST_QUERY]
    if not search.is_asked(query):
        return files.wire_file(request, "search/")
    found = search.found(query, rows.asked_for(shapes.Asked(cursor=_cursor(request))), search.Bounds(limit=MOST))
    told = {row.number: publication.record(row) for row in rows.public().filter(number__in=found.numbers)}
    older = f"search/?{urlencode({'q': query, 'cursor': found.next})}" if found.next else None
    body = wire.found(_edition(), query, [told[number] for number in found.numbers if number in told], older=older)
    headers = {"Content-Security-Policy": files.POLICY, "Cache-Control": "no-cache"}
    return HttpResponse(body, content_type=files.TYPES[".html"], headers=headers)


def _cursor(request: HttpRequest) -> int | None:
    """Yield the number below which the search goes on; what is no number begins at the newest."""
    given = request.GET.get("cursor", "")
    return int(given) if given.isascii() and given.isdigit() and 0 < len(given) < 10 and int(given) else None


def _edition() -> DatabaseEdition:
    """Yield the wire as the search page needs it: names and addresses, no proofs."""
    here = workspace.current()
    signer = site.signing_key(here)
    size = publication.next_log_index()
    return DatabaseEdition(
        workspace=here, number=0, at=datetime.now(UTC), log_size=size,
        tiles=archive.Log(here.site / "log", size), signer=signer,
    )  # fmt: skip
