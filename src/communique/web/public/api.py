"""The public API, version 1: dispatches, events, organisations, stories, series, search; read only, what is public."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError, ValidationError

from communique.flow import actors
from communique.web import workspace
from communique.web.ledger import models
from communique.web.public import answers, rows, search, shapes
from communique.web.public.rows import Row

PATHS = ("dispatches", "events", "organisations", "stories", "series", "search", "openapi.json")
_REFUSED = {422: shapes.Refusal}
_MISSING = _REFUSED | {404: shapes.Refusal}

api = NinjaAPI(
    title="Communiqué",
    version="1",
    description="What a wire has published: read only, for everyone. Lists are newest first and go on by `cursor`.",
    docs_url=None,  # its page would load scripts from elsewhere
    openapi_url=None,  # answered below, so that it goes out as all other answers do
    urls_namespace="api-v1",
)


@api.get("/", operation_id="start", response=shapes.Start, summary="Where everything is")
def start(request: HttpRequest) -> Row:
    """Say which paths there are."""
    return {"wire": _base(), "paths": list(PATHS)}


@api.get("/openapi.json", include_in_schema=False)
def openapi(request: HttpRequest) -> dict[str, Any]:
    """Describe the API as OpenAPI 3.1."""
    return _described()


@api.get(
    "/dispatches",
    operation_id="dispatches",
    response={200: shapes.Dispatches} | _REFUSED,
    summary="Dispatches, newest first",
)
def dispatches(request: HttpRequest, asked: Query[shapes.Asked]) -> Row:
    """Yield public dispatches. Ids rise in order of publication on this wire, and the cursor follows them."""
    _refuse_unknown(request, shapes.Asked)
    found, more = _page(rows.asked_for(asked), asked.limit)
    base = _base()
    return {"results": [rows.dispatch(row, base) for row in found], "next": more}


@api.get(
    "/dispatches/{id}", operation_id="dispatch", response={200: shapes.Dispatch} | _MISSING, summary="One dispatch"
)
def dispatch(request: HttpRequest, id: shapes.DispatchId) -> Row:  # noqa: A002 - the path's own word
    """Yield one dispatch by its number on this wire."""
    row = rows.public().filter(number=id).first()
    if row is None:
        raise HttpError(404, f"there is no dispatch {id} on this wire")
    return rows.dispatch(row, _base())


@api.get("/events", operation_id="events", response={200: shapes.Events} | _REFUSED, summary="Events of dispatches")
def events(request: HttpRequest, asked: Query[shapes.AskedEvents]) -> Row:
    """Yield who did what to whom, dispatch by dispatch, newest first. `limit` counts dispatches, not events."""
    _refuse_unknown(request, shapes.AskedEvents)
    found, more = _page(rows.asked_for(asked), asked.limit)
    told = (event for row in found for event in rows.events(row))
    return {"results": [event for event in told if _is_wanted(event, asked)], "next": more}


def _is_wanted(event: Row, asked: shapes.AskedEvents) -> bool:
    return asked.type in (None, event["type"]) and asked.modality in (None, event["modality"])


@api.get(
    "/organisations",
    operation_id="organisations",
    response={200: shapes.Organisations} | _REFUSED,
    summary="Organisations, by id",
)
def organisations(request: HttpRequest, asked: Query[shapes.AskedList]) -> Row:
    """Yield the organisations that the wire has told of, as the registry knows them."""
    _refuse_unknown(request, shapes.AskedList)
    found, more = _listed(rows.organisations(asked.cursor)[: asked.limit + 1], asked.limit)
    known, base = actors.of(workspace.current().registry), _base()
    return {"results": [rows.organisation(one, known.actor(one["key"]), base) for one in found], "next": more}


@api.get(
    "/organisations/{id}",
    operation_id="organisation",
    response={200: shapes.Organisation} | _MISSING,
    summary="One organisation",
)
def organisation(request: HttpRequest, id: shapes.OrganisationId) -> Row:  # noqa: A002 - the path's own word
    """Yield one organisation of the registry, whether the wire has told of it or not."""
    actor = actors.of(workspace.current().registry).actor(id)
    found = rows.organisations(None).filter(key=id).first()
    if actor is None and found is None:
        raise HttpError(404, f"there is no organisation {id} in the registry of this wire")
    return rows.organisation(found or {"key": id, "count": 0, "newest": None}, actor, _base())


@api.get("/stories", operation_id="stories", response={200: shapes.Stories} | _REFUSED, summary="Stories, by slug")
def stories(request: HttpRequest, asked: Query[shapes.AskedList]) -> Row:
    """Yield the stories that dispatches belong to; `/dispatches?story=SLUG` gives one's dispatches."""
    _refuse_unknown(request, shapes.AskedList)
    found, more = _listed(rows.stories(asked.cursor)[: asked.limit + 1], asked.limit)
    base = _base()
    return {"results": [rows.story(one, base) for one in found], "next": more}


@api.get("/series", operation_id="series", response={200: shapes.SeriesList} | _REFUSED, summary="Series, by slug")
def series(request: HttpRequest, asked: Query[shapes.AskedList]) -> Row:
    """Yield the series of numbered occasions; `/dispatches?series=SLUG` gives one's dispatches."""
    _refuse_unknown(request, shapes.AskedList)
    found, more = _listed(rows.series(asked.cursor)[: asked.limit + 1], asked.limit)
    return {"results": rows.series_with_occasions(found, _base()), "next": more}


@api.get(
    "/search",
    operation_id="search",
    response={200: shapes.Found} | _REFUSED,
    summary="Dispatches with certain words, newest first",
)
def searched(request: HttpRequest, asked: Query[shapes.AskedSearch]) -> Row:
    """Yield dispatches whose text holds all words of `q`. Case and accents don't matter."""
    _refuse_unknown(request, shapes.AskedSearch)
    found = search.found(asked.q, rows.asked_for(asked), search.Bounds(limit=asked.limit))
    standing = {row.number: row for row in rows.public().filter(number__in=found.numbers)}
    base = _base()
    results = [rows.dispatch(standing[number], base) for number in found.numbers if number in standing]
    return {"query": asked.q, "results": results, "next": str(found.next) if found.next else None,
            "complete": found.is_complete}  # fmt: skip


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    name = next(str(part) for part in error.errors[0]["loc"] if part not in ("query", "path", "asked"))
    came = request.GET.get(name) or _of_path(request).get(name)
    said = f"{came[:50]!r} came" if came else "nothing came"
    return answers.refusal(f"{name}: {said}; expected: {_expected(request, name)}", 422)


def _of_path(request: HttpRequest) -> dict[str, Any]:
    return dict(request.resolver_match.kwargs) if request.resolver_match else {}


def _expected(request: HttpRequest, name: str) -> str:
    """Yield what the served description says of a parameter, up to its first semicolon."""
    route = request.resolver_match.route if request.resolver_match else ""
    described = _described()["paths"]["/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)]["get"]["parameters"]
    told = next(one["description"] for one in described if one["name"] == name)
    return str(told).partition(";")[0]


@cache
def _described() -> dict[str, Any]:
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


def _refuse_unknown(request: HttpRequest, asked: type[Schema]) -> None:
    """Refuse what would be ignored, so that more comes back than was meant: unknown parameters, and second ones."""
    for name, given in request.GET.lists():
        if len(given) > 1:
            raise HttpError(422, f"{name[:50]}: it is given {len(given)} times, where once is expected")
        if name not in asked.model_fields:
            near = get_close_matches(name, asked.model_fields, n=1)
            advice = f"did you mean {near[0]}?" if near else f"there are {', '.join(asked.model_fields)}"
            raise HttpError(422, f"{name[:50]}: there is no such parameter here; {advice}")


def _base() -> str:
    return workspace.current().text("wire.url").rstrip("/")


def _page(found: Any, limit: int) -> tuple[list[models.Dispatch], str | None]:
    """Yield one page of a query and the cursor of the next."""
    standing = list(found[: limit + 1])
    return standing[:limit], str(standing[limit - 1].number) if len(standing) > limit else None


def _listed(found: Iterable[Row], limit: int) -> tuple[list[Row], str | None]:
    standing = list(found)
    return standing[:limit], standing[limit - 1]["key"] if len(standing) > limit else None
