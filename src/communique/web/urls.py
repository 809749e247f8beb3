"""Which address is whose: the desk, the API and the search, and everything else is the wire's plain files."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic.base import RedirectView

from communique.web.public.files import wire_file

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", include("communique.web.inbox.urls")),
    path("desk", RedirectView.as_view(url="/desk/")),
]
if find_spec("communique.web.public.urls") is not None:
    urlpatterns.append(path("", include("communique.web.public.urls")))
handler500 = "communique.web.inbox.views.failing.broken"
urlpatterns += [path("", wire_file), path("<path:path>", wire_file)]
