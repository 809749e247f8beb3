"""A desk for tests: a newsroom with people, and statements that are entered as the corridor enters them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from communique import archive, registry
from communique.flow import told
from communique.flow.ledger import Found
from communique.records import Actor, Assignment, Coding, Document, Event, Mention, Quote
from communique.testing import builders
from communique.web.workspace import Workspace

if TYPE_CHECKING:  # models are importable only once Django is loaded, which the outermost conftest does after this one
    from django.http.response import HttpResponseBase
    from django.test import Client

    from communique.web.ledger import models

SHARED_KEY = 1  # all documents of these tests are candidates for each other
PILOTS = Actor(id="xx-rup", name="Union of River Pilots", kind="union", country=None, acronyms=("URP",))
WARDENS = Actor(id="xx-ww", name="Water Wardens", kind="union", country=None)
WATERWAYS = Actor(id="xx-mow", name="Ministry of Waterways", kind="ministry", country=None)
OTHER_WATERWAYS = Actor(id="yy-mow", name="Ministry of Waterways of Lower Alder", kind="ministry", country=None)
LEAD = "The Union of River Pilots calls on the Ministry of Waterways to reopen the four locks at Aldermouth."


def at_span(text: str, words: str) -> tuple[int, int]:
    """Yield where words stand in a text."""
    start = text.index(words)
    return start, start + len(words)


def coding(text: str, *, modality: str = "asserted", confidence: float = 0.95, undecided: bool = False) -> Coding:
    """Yield the coding of a text that has the words of LEAD in it."""
    calls = Mention(
        text="Union of River Pilots", span=at_span(text, "Union of River Pilots"), actor=PILOTS.id, name=PILOTS.name,
        kind="union", country=None,
    )  # fmt: skip
    called = Mention(
        text="Ministry of Waterways", span=at_span(text, "Ministry of Waterways"), actor=WATERWAYS.id,
        name=WATERWAYS.name, kind="ministry", country=None,
    )  # fmt: skip
    if undecided:
        called = replace(
            called, actor=None, name="Ministry of Waterways", candidates=(WATERWAYS.id, OTHER_WATERWAYS.id)
        )
    event = Event(
        type="CALL", plover="REQUEST", trigger=Quote(text="calls on", span=at_span(text, "calls on")), source=(0,),
        addressee=(1,), modality=modality, confidence=confidence, rule="en.call.1",  # type: ignore[arg-type]  # tests name real modalities
        object=Quote(text="to reopen the four locks", span=at_span(text, "to reopen the four locks")),
    )  # fmt: skip
    return Coding(mentions=(calls, called), events=(event,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A newsroom's desk, as people use it."""

    workspace: Workspace
    clients: dict[str, Client] = field(default_factory=dict)

    def signed_in(self, role: str = "editor", name: str = "") -> Client:
        """Yield a browser in which somebody of a role has signed in by a link."""
        from django.test import Client

        from communique.web.ledger import people

        name = name or role
        if name not in self.clients:
            client = Client()
            client.get(link_path(people.add(name, people.Role(role))))
            self.clients[name] = client
        return self.clients[name]

    def statement(
        self, text: str = LEAD, *, minutes: int = 0, of: models.Statement | None = None, **given: Any
    ) -> models.Statement:
        """Enter a document as the corridor does; `of` is a statement that it joins. The newest are seen last."""
        from communique.web.ledger import models, store

        number = models.Document.objects.count() + 1
        seen_at = builders.MORNING + timedelta(minutes=minutes)
        read = document(text, number, **given)
        source = builders.source(
            id=f"source-{number}", url=f"https://site{number}.example/feed.xml", name=f"Site {number}"
        )
        kept_of = builders.capture(
            url=read.url, body=given.get("body", read.text).encode(), source_id=source.id, fetched_at=seen_at
        )
        kept = archive.keep(kept_of, folder=self.workspace.evidence)
        ledger = store.DatabaseLedger()
        ledger.add_source(replace(source, publisher=given.get("publisher", PILOTS.id)), now=seen_at)
        ledger.add_found(source.id, [Found(url=read.url)], now=seen_at)
        ledger.add_capture(kept_of, kept)
        entry = builders.entry(
            read, kept, source_id=source.id, seen_at=seen_at, keys=frozenset({1000 + number, SHARED_KEY}),
            coding=given.get("coding", _coded(read, given)),
        )  # fmt: skip
        assigned = replace(entry.assignment, asks=given.get("asks", ())) if of is None else _joined(of, given)
        ledger.add_document(replace(entry, assignment=assigned))
        return models.Statement.objects.get(documents__capture__record_id=kept.record_id)

    def published(self, text: str = LEAD, **given: Any) -> models.Dispatch:
        """Publish a statement as an editor does."""
        from communique.web.ledger import models, publication

        statement = self.statement(text, **given)
        editor = self.signed_in()
        post(editor, f"/desk/statements/{statement.key}/draft/")
        models.Dispatch.objects.filter(statement=statement).update(text=text)
        draft = models.Dispatch.objects.get(statement=statement)
        act = publication.Act(dispatch=draft.pk, version=draft.version, by=None, at=datetime.now(UTC))
        made = publication.publish(act)
        assert isinstance(made, models.Dispatch)
        return made


def _coded(read: Document, given: dict[str, Any]) -> Coding:
    asked = {name: given[name] for name in ("modality", "confidence", "undecided") if name in given}
    return coding(told(read), **asked) if LEAD in read.text else Coding()


def document(text: str, number: int, **given: Any) -> Document:
    """Yield a document with its text's first words as the title, unless told otherwise."""
    fields: dict[str, Any] = {
        "text": text,
        "title": " ".join(text.split()[:6]),
        "url": f"https://site{number}.example/statement/",
    }
    told_fields = ("language", "title", "url", "signatories", "signatory_count")
    return builders.document(**fields | {name: given[name] for name in told_fields if name in given})


def _joined(of: models.Statement, given: dict[str, Any]) -> Assignment:
    first = of.documents.order_by("pk")[0]
    return Assignment(
        statement=of.key, relation=given.get("relation", "translation"), of=str(first.pk), story=of.story,
        score=given.get("score", 0.97),
    )  # fmt: skip


def link_path(user: Any) -> str:
    """Yield the path of a fresh sign-in link."""
    from communique.web.ledger import people

    return people.sign_in_link(user, base="", now=datetime.now(UTC))


def post(client: Client, path: str, **fields: Any) -> Any:
    """Send a form as a browser does after loading the page that holds it."""
    return client.post(path, fields, follow=True)


def page_text(answer: HttpResponseBase) -> str:
    """Yield the words of a page, without tags, each run of white space one space."""
    html = answer.content.decode() if hasattr(answer, "content") else ""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def desk(newsroom: Workspace) -> Desk:
    """An empty desk on SQLite, whose registry knows four invented bodies."""
    registry.save(newsroom.registry, [PILOTS, WARDENS, WATERWAYS, OTHER_WATERWAYS])
    return Desk(workspace=newsroom)


@pytest.fixture(scope="session", autouse=True)
def pages_are_seen() -> Iterator[None]:
    """Let Django's test client keep what each page was made of."""
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    yield
    teardown_test_environment()


@pytest.fixture
def desk_on(newsroom_on: Workspace) -> Desk:
    """An empty desk, once on each database."""
    registry.save(newsroom_on.registry, [PILOTS, WARDENS, WATERWAYS, OTHER_WATERWAYS])
    return Desk(workspace=newsroom_on)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve on loopback as `communique serve` does: one server for all desks of a file, one after the other."""
    from django.core.handlers.wsgi import WSGIHandler
    from waitress.server import create_server

    server = create_server(WSGIHandler(), host="127.0.0.1", port=0, threads=2)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    for channel in list(server.active_channels.values()):  # the browser keeps its connections open
        channel.will_close = True
    server.close()
    thread.join(timeout=3)
