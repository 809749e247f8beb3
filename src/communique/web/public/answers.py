"""How every answer of the API is given: open to all sites, with an ETag, and refusals as one sentence of JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

View = Callable[..., HttpResponseBase]

ALLOWED = "GET, HEAD, OPTIONS"
_OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}
_PREFLIGHT = {"Access-Control-Allow-Methods": ALLOWED, "Access-Control-Allow-Headers": "If-None-Match",
              "Access-Control-Max-Age": "86400"}  # fmt: skip


def public(view: View) -> View:
    """Yield the view as the world may call it: from any site, by GET, HEAD or OPTIONS only."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _opened(HttpResponse(status=204, headers={"Allow": ALLOWED} | _PREFLIGHT))
        if request.method not in ("GET", "HEAD"):
            return _opened(refusal(f"this address answers {ALLOWED} only, not {request.method}", 405))
        is_head, request.method = request.method == "HEAD", "GET"
        made = _tagged(request, view(request, *args, **kwargs))
        return _opened(_headless(made) if is_head else made)

    answer.csrf_exempt = True  # type: ignore[attr-defined] # Django's own mark: nothing is changed by these views
    return answer


def refusal(detail: str, status: int) -> HttpResponse:
    """Yield one sentence as JSON."""
    made = JsonResponse({"detail": detail}, status=status)
    if status == 405:
        made["Allow"] = ALLOWED
    return made


def missing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer for an address that the API does not have."""
    return refusal(f"there is no /api/v1/{rest}; /api/v1/openapi.json says what there is", 404)


def _tagged(request: HttpRequest, made: HttpResponseBase) -> HttpResponseBase:
    if not isinstance(made, HttpResponse) or made.status_code != 200:
        return made
    made["ETag"] = f'"{sha256(made.content).hexdigest()[:32]}"'
    made["Cache-Control"] = "public, no-cache"  # kept, but asked for again each time: a correction shows at once
    if made["ETag"] in request.headers.get("If-None-Match", "").replace("W/", "").split(", "):
        return HttpResponseNotModified(headers={"ETag": made["ETag"], "Cache-Control": made["Cache-Control"]})
    return made


def _headless(made: HttpResponseBase) -> HttpResponseBase:
    if isinstance(made, HttpResponse) and made.status_code != 304:
        made["Content-Length"] = str(len(made.content))
        made.content = b""
    return made


def _opened(made: HttpResponseBase) -> HttpResponseBase:
    for name, value in _OPEN.items():
        made[name] = value
    patch_vary_headers(made, ("Accept-Encoding",))
    return made
