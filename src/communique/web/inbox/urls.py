"""The addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from communique.web.inbox.views import dispatches, lists, rest, signing, sources, statements

_STATEMENT = r"statements/(?P<key>s-[\w-]{1,78})/"
_DISPATCH = r"dispatches/(?P<name>\d{1,9}|[\w:-]{10,80})/"

urlpatterns: list[URLPattern] = [
    path("", lists.inbox),
    path("pulse/", lists.pulse),
    path("sign-in/", signing.ask),
    path("sign-in/<str:secret>/", signing.by_link),
    path("sign-out/", signing.sign_out),
    path("undo/", statements.undo),
    re_path(rf"^{_STATEMENT}$", lists.statement),
    re_path(rf"^{_STATEMENT}beside/$", lists.beside),
    re_path(rf"^{_STATEMENT}differences/$", rest.compared),
    re_path(rf"^{_STATEMENT}(?P<what>decline|review)/$", statements.simple),
    re_path(rf"^{_STATEMENT}reopen/$", statements.reopen),
    re_path(rf"^{_STATEMENT}snooze/$", statements.snooze),
    re_path(rf"^{_STATEMENT}split/$", statements.split),
    re_path(rf"^{_STATEMENT}answer/$", statements.answer),
    re_path(rf"^{_STATEMENT}merge/$", statements.merge_choice),
    re_path(rf"^{_STATEMENT}merged/$", statements.merge),
    re_path(rf"^{_STATEMENT}draft/$", statements.draft),
    re_path(rf"^{_STATEMENT}discard/$", statements.discard),
    re_path(rf"^{_STATEMENT}check/$", statements.check),
    re_path(rf"^{_STATEMENT}publish/$", statements.publish),
    # Drafts of imports have no number yet; they go by the digest of what was imported.
    path("published/", dispatches.shelf),
    re_path(rf"^{_DISPATCH}$", dispatches.dispatch),
    re_path(rf"^{_DISPATCH}(?P<operation>hold|release|withdraw)/$", dispatches.operate),
    re_path(rf"^{_DISPATCH}correct/$", dispatches.correct),
    re_path(rf"^{_DISPATCH}pin/$", dispatches.pin),
    re_path(rf"^{_DISPATCH}publish/$", dispatches.publish),
    path("sources/", sources.watched),
    path("sources/look/", sources.look),
    path("sources/add/", sources.add),
    path("sources/import/", sources.take_over),
    path("sources/watchlist.opml", sources.opml),
    re_path(r"^sources/(?P<slug>[\w.-]+)/(?P<what>pause|resume|remove)/$", sources.change),
    path("stories/", rest.stories),
    path("evidence/<uuid:record_id>/", rest.evidence),
    path("audit/", rest.audit),
    path("keys/", rest.keys),
    path("assets/<str:version>/<str:name>", rest.asset),
    path("<path:path>", rest.nothing),
]
