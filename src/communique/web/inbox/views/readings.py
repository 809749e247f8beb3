"""How a document was read and coded: looked at by everybody, corrected by editors."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import cast, get_args

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from communique.flow import actors
from communique.flow.amending import FIELDS
from communique.kit.text import collapsed
from communique.records import AmendedField, AmendedPart, Amendment
from communique.web.inbox import bar, correcting, eventing, readings
from communique.web.inbox.access import Visitor, action, page, told
from communique.web.inbox.actions import Act, Outcome
from communique.web.inbox.views import statements
from communique.web.ledger import models
from communique.web.ledger.people import Role
from communique.web.ledger.publication import AlreadyMoved

LONGEST = 1000  # characters of a field
LONGEST_PART = 2_000_000  # of a paragraph, as of a whole text
_PARTS = get_args(AmendedPart)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}([+-]\d{2}:\d{2}|Z))?)?)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@page(Role.READER)
def reading(request: HttpRequest, visitor: Visitor, key: str, record_id: str) -> HttpResponse:
    """Show how a document was read."""
    row = readings.row_of(key, record_id)
    if row is None:
        return _gone(request)
    return bar.shown(request, "desk/reading.html", readings.of(visitor, row), visitor=visitor, here="")


@action(Role.EDITOR)
def amend(request: HttpRequest, visitor: Visitor, key: str, record_id: str) -> HttpResponse:
    """Correct a field, a paragraph or a signer; or take all of it back."""
    row = readings.row_of(key, record_id)
    if row is None:
        return _gone(request)
    act, record = _act(request, visitor, key), f"urn:uuid:{record_id}"
    if request.POST.get("what") == "as-read":
        done = correcting.read_again(act, record, visitor.workspace)
        return _answer(request, done, said="As it was read", to=_page(key, record_id))
    new = _amendment(request, visitor, row)
    outcome = (
        AlreadyMoved(detail=new) if isinstance(new, str) else correcting.amend(act, record, new, visitor.workspace)
    )
    what = "" if isinstance(new, str) else f"Corrected: {_WORDS.get(new.what, new.what)}"
    return _answer(request, outcome, said=what, to=_page(key, record_id))


@action(Role.EDITOR)
def event(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Say what an event is, that it is coded right, or that it is none."""
    fields = eventing.fields_of(request.POST)
    row = readings.row_of(key, fields.get("document", ""))
    if row is None:
        return _gone(request)
    act, record, to = _act(request, visitor, key), row.capture.record_id, statements.where(request, key)
    if fields.get("from") == "reading":
        to = _page(key, fields["document"])
    if fields.get("do") == "back":
        nth = fields.get("nth", "")
        known = (fields.get("words", ""), int(nth) if nth.isascii() and nth.isdigit() else 0)
        return _answer(request, correcting.unsay(act, record, known, visitor.workspace), said="As it was coded", to=to)
    registry = actors.of(visitor.workspace.registry)
    new = eventing.sent(fields, row, registry, by=visitor.user.username, at=visitor.now.isoformat())
    if isinstance(new, str):
        return _answer(request, AlreadyMoved(detail=new), said="", to=to)
    said = "No event" if new.said is None else "Noted: it is right" if fields["do"] == "right" else "Event corrected"
    return _answer(request, correcting.say(act, record, new, visitor.workspace), said=said, to=to)


_WORDS = {
    "leave-out": "a paragraph was left out", "take-in": "a paragraph was taken in",
    "add-signer": "a signer was added", "remove-signer": "a signer was removed",
}  # fmt: skip


def _amendment(request: HttpRequest, visitor: Visitor, row: models.Document) -> Amendment | str:
    what, given = request.POST.get("what", ""), request.POST.get("to", "")
    by, at, after = visitor.user.username, visitor.now.isoformat(), None
    to: str | None = collapsed(given)[:LONGEST] or None
    if what in ("leave-out", "take-in"):
        found = readings.place(visitor, row, given[:LONGEST_PART])
        if found is None:
            return "the page has no such paragraph; look at it again"
        to, after = found
    elif what == "published" and to is not None and not _is_date(to):
        return f"{to[:40]} is no date; give a year, a month, a day or an instant, as 2026, 2026-05, 2026-05-01"
    elif what == "language" and to is not None and not _LANGUAGE.fullmatch(to):
        return f"{to[:40]} is no language tag; give one as en, el or pt-BR (BCP 47)"
    elif what in _PARTS and to is None:
        return "give the name of the signer"
    elif what not in (*FIELDS, *_PARTS):
        return "there is no such field to correct"
    return Amendment(what=cast("AmendedField | AmendedPart", what), to=to, after=after, by=by, at=at)


def _is_date(given: str) -> bool:
    if not _DATE.fullmatch(given):
        return False
    try:
        if len(given) > 10:
            datetime.fromisoformat(given)
        date.fromisoformat((given + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _gone(request: HttpRequest) -> HttpResponse:
    sentence = "There is no such document in this statement; it may have been merged, split off or read anew."
    return told(request, "Not here", sentence, status=404)


def _page(key: str, record_id: str) -> str:
    return f"/desk/statements/{key}/reading/{record_id}/"


def _act(request: HttpRequest, visitor: Visitor, key: str) -> Act:
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
    return Act(statement=key, version=version, by=visitor.user, at=visitor.now)


def _answer(request: HttpRequest, done: Outcome, *, said: str, to: str) -> HttpResponse:
    if isinstance(done, AlreadyMoved):
        messages.warning(request, done.detail[:1].upper() + done.detail[1:] + ".")
    else:
        messages.success(request, said + ".")
    return HttpResponseRedirect(to)
