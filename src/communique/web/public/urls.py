"""Addresses of the public API and of the live search page; include them before the wire's plain files."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csrf import csrf_exempt

from communique.web.public import answers
from communique.web.public.api import api
from communique.web.public.hub_calls import called
from communique.web.public.search_page import search_page


def _opened(one: URLPattern) -> URLPattern:
    return URLPattern(one.pattern, answers.public(one.callback), one.default_args, one.name)


_found, _, _namespace = api.urls
_api = [
    *(_opened(one) for one in _found if isinstance(one, URLPattern)),
    path("<path:rest>", csrf_exempt(answers.public(answers.missing))),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include((_api, "api"), namespace=_namespace)),
    path("search/", search_page),
    path("websub/<str:token>/", called),
]
