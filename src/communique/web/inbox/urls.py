"""The addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from communique.web.inbox.views import (
    dispatches,
    lists,
    merge,
    organisations,
    readings,
    rest,
    series,
    signing,
    source,
    sources,
    statements,
    stories,
)

_STATEMENT = r"statements/(?P<key>s-[\w-]{1,78})/"
_READING = rf"{_STATEMENT}reading/(?P<record_id>[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})/"
_STORY = r"stories/(?P<key>t-[\w-]{1,78})/"
_ORGANISATION = r"organisations/(?P<id_>[a-z0-9-]{1,80})/"
_DISPATCH = r"dispatches/(?P<name>\d{1,9}|[\w:-]{10,80})/"

urlpatterns: list[URLPattern] = [
    path("", lists.inbox),
    path("pulse/", lists.pulse),
    path("organisations/", organisations.shelf),
    path("organisations/add/", organisations.add),
    re_path(rf"^{_ORGANISATION}$", organisations.one),
    re_path(rf"^{_ORGANISATION}change/$", organisations.change),
    re_path(rf"^{_ORGANISATION}rename/$", organisations.rename),
    re_path(rf"^{_ORGANISATION}merge/$", organisations.merge),
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
    re_path(rf"^{_STATEMENT}story/$", stories.move),
    re_path(rf"^{_STATEMENT}event/$", readings.event),
    re_path(rf"^{_READING}$", readings.reading),
    re_path(rf"^{_READING}amend/$", readings.amend),
    re_path(rf"^{_STATEMENT}merge/$", merge.choice),
    re_path(rf"^{_STATEMENT}merged/$", statements.merge),
    re_path(rf"^{_STATEMENT}part/$", statements.part),
    re_path(rf"^{_STATEMENT}draft/$", statements.draft),
    re_path(rf"^{_STATEMENT}discard/$", statements.discard),
    re_path(rf"^{_STATEMENT}check/$", statements.check),
    re_path(rf"^{_STATEMENT}publish/$", statements.publish),
    re_path(rf"^{_STATEMENT}schedule/$", statements.schedule),
    re_path(rf"^{_STATEMENT}unschedule/$", statements.unschedule),
    # Drafts of imports have no number yet; they go by the digest of what was imported.
    path("published/", dispatches.shelf),
    re_path(rf"^{_DISPATCH}$", dispatches.dispatch),
    re_path(rf"^{_DISPATCH}(?P<operation>hold|release|withdraw)/$", dispatches.operate),
    re_path(rf"^{_DISPATCH}(?P<operation>correct|update)/$", dispatches.reword),
    re_path(rf"^{_DISPATCH}replace/$", dispatches.replace),
    re_path(rf"^{_DISPATCH}pin/$", dispatches.pin),
    re_path(rf"^{_DISPATCH}publish/$", dispatches.publish),
    re_path(rf"^{_DISPATCH}(?P<what>schedule|unschedule)/$", dispatches.time),
    path("sources/", sources.watched),
    path("sources/look/", sources.look),
    path("sources/add/", sources.add),
    path("sources/import/", sources.take_over),
    path("sources/watchlist.opml", sources.opml),
    re_path(r"^sources/(?P<slug>[\w.-]+)/(?P<what>pause|resume|remove|take-over|seen|visit)/$", sources.change),
    re_path(r"^sources/(?P<slug>[\w.-]+)/$", source.source),
    path("series/", series.shelf),
    re_path(r"^series/(?P<slug>[\w-]{1,120})/$", series.one),
    path("stories/", stories.shelf),
    re_path(rf"^{_STORY}$", stories.story),
    re_path(rf"^{_STORY}name/$", stories.name),
    path("evidence/<uuid:record_id>/", rest.evidence),
    re_path(r"^evidence/(?P<digest>sha256:[0-9a-f]{64})/$", rest.evidence_of),
    path("audit/", rest.audit),
    path("keys/", rest.keys),
    path("assets/<str:version>/<str:name>", rest.asset),
    path("<path:path>", rest.nothing),
]
