"""Signing in by a link that works once, and signing out.

Opening a link shows a button, because programs that preview links in mails and chats open them too and would use
them up. On a newsroom whose own address is this very machine (the demo, a trial) no such program can reach the link,
so there opening it signs in at once.
"""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime

from django.contrib import auth
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from communique.kit import urls
from communique.web import workspace
from communique.web.inbox.access import frame, secured, told
from communique.web.ledger import models, people

_USED_UP = "This link has been used, or is older than 30 minutes; `communique user sign-in-link NAME` prints a new one."


def ask(request: HttpRequest) -> HttpResponse:
    """Say how somebody gets a link."""
    wanted = _wanted(request)
    if isinstance(request.user, User) and people.role_of(request.user) is not None:
        return secured(HttpResponseRedirect(wanted))
    return secured(render(request, "desk/ask.html", frame()))


def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Sign somebody in: at once where nobody else can open the link, else by a button."""
    now = datetime.now(UTC)
    whose = people.whose_link(secret, now=now)
    if whose is None:
        return _no_longer(request)
    if request.method == "POST" or (request.method == "GET" and _is_own_machine()):
        return _signed_in(request, secret, now)
    return secured(render(request, "desk/sign_in.html", {"whose": whose.username, **frame()}))


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if request.method == "POST":
        auth.logout(request)
    return secured(HttpResponseRedirect("/desk/sign-in/"))


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from a page of this desk (`settings.CSRF_FAILURE_VIEW`)."""
    sentence = "The form was not sent from a page of this desk, or the page was too old; go back, reload it, try again."
    return told(request, "Nothing was done", sentence, status=403)


def _signed_in(request: HttpRequest, secret: str, now: datetime) -> HttpResponse:
    user = people.use_link(secret, now=now)
    if user is None:
        return _no_longer(request)
    request.session.flush()  # a fresh key: one that somebody planted before is worth nothing
    auth.login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    models.Audit.objects.create(at=now, by=user, action="sign in")
    return secured(HttpResponseRedirect("/desk/"))


def _no_longer(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User) and request.user.is_authenticated:
        return secured(HttpResponseRedirect("/desk/"))
    return told(request, "This link does not sign in", _USED_UP, status=410, back="/desk/sign-in/")


def _is_own_machine() -> bool:
    host = urls.host(workspace.current().text("wire.url"))
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _wanted(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "/desk/")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/desk/"
