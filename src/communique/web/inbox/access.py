"""Who may see and do what at the desk: one guard before every page and every action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from communique.web import workspace
from communique.web.inbox import assets, times
from communique.web.ledger import people
from communique.web.ledger.people import Role
from communique.web.workspace import Workspace

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks for a page or an action, when, and of which newsroom."""

    user: User
    role: Role
    now: datetime  # aware UTC: the one reading of the clock in a request
    workspace: Workspace

    @property
    def zone(self) -> ZoneInfo:
        """Yield the desk's time zone."""
        return times.zone(self.workspace)

    @property
    def local_now(self) -> datetime:
        """Yield the same instant as `now`, in the desk's zone: what pages tell times by."""
        return self.now.astimezone(self.zone)

    def may(self, role: Role) -> bool:
        """Tell whether the visitor may do what a role may."""
        return people.includes(self.role, role)


def page(role: Role) -> Callable[[View], View]:
    """Let people of a role (or more) look at a page; the view gets a Visitor after the request."""
    return _guard(role, ("GET", "HEAD"))


def action(role: Role) -> Callable[[View], View]:
    """Let people of a role (or more) do something. Actions are posted, behind Django's check against forgery."""
    return _guard(role, ("POST",))


def _guard(role: Role, methods: tuple[str, ...]) -> Callable[[View], View]:
    def guarded(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **names: Any) -> HttpResponse:
            if request.method not in methods:
                return _not_so(request, methods)
            if _is_garbled(request):
                return told(request, "Nothing was done", "The address or the form holds a null character.", status=400)
            visitor = _visitor(request)
            if visitor is None:
                return secured(_to_sign_in(request))
            if not visitor.may(role):
                return secured(_forbidden(request, visitor, role))
            with timezone.override(visitor.zone):
                return secured(view(request, visitor, **names))

        answer.methods = methods  # type: ignore[attr-defined]  # so that a test finds every action there is
        return answer

    return guarded


def _is_garbled(request: HttpRequest) -> bool:
    """Tell whether something was sent that no person types and no database takes."""
    sent = [*request.GET.lists(), *request.POST.lists()]
    return any("\0" in value for _, values in sent for value in values)


def _not_so(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    sentence = "This address does something only when its button is pressed; nothing was done."
    answer = told(request, "Nothing was done", sentence, status=405)
    answer["Allow"] = ", ".join(methods)
    return answer


def _visitor(request: HttpRequest) -> Visitor | None:
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return None
    role = people.role_of(user)
    if role is None:
        return None
    return Visitor(user=user, role=role, now=datetime.now(UTC), workspace=workspace.current())


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    wanted = request.get_full_path() if request.method == "GET" else "/desk/"
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': wanted})}")


def _forbidden(request: HttpRequest, visitor: Visitor, role: Role) -> HttpResponse:
    sentence = (
        f"This takes the role {role.value}, and {visitor.user.username} is {visitor.role.value}; "
        f"an admin gives it with `communique user role {visitor.user.username} {role.value}`."
    )
    return told(request, "Not yours to do", sentence, status=403)


def told(request: HttpRequest, title: str, sentence: str, *, status: int, back: str = "/desk/") -> HttpResponse:
    """Answer with one sentence: what is the matter and what to do; commands in it stand between backticks."""
    parts = [(words, bool(number % 2)) for number, words in enumerate(sentence.split("`"))]
    said = {"title": title, "parts": parts, "back": back, **frame()}
    return secured(render(request, "desk/sentence.html", said, status=status))


def secured(response: HttpResponse) -> HttpResponse:
    """Add what every answer of the desk carries: nothing foreign is loaded, nothing is kept by caches between."""
    response.setdefault("Content-Security-Policy", POLICY)
    response.setdefault("Cache-Control", "private, no-store")
    return response


def plain(request: HttpRequest, template: str, page: object) -> HttpResponse:
    """Answer with a page that needs no frame, because strangers may see it too."""
    return render(request, template, {"page": page, **frame()})


def frame() -> dict[str, str]:
    """Yield what a page without the bar needs: whose it is, and where its styles lie."""
    return {"wire": workspace.current().text("wire.name"), "assets": assets.folder()}
