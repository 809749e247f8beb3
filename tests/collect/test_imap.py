"""Mail on a server: each message once, over TLS, and nothing there is ever changed."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from communique import collect
from communique.collect import Client, Mailbox
from communique.records import Capture, Source, Trouble, Validators
from communique.testing.imap import MailServer

from .certificates import pem_for

Open = Callable[..., Client]
NAME = "mail.example"
ACCOUNT = Mailbox(name="press", host=NAME, user="desk", password="secret")


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pem_for(NAME, tmp_path_factory.mktemp("imap"))


@pytest.fixture
def box(pem: Path) -> Iterator[MailServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with MailServer(context) as server:
        yield server


@pytest.fixture
def client(open_client: Open, pem: Path) -> Client:
    return open_client(authorities=pem, mailboxes=(ACCOUNT,), total_s=5.0)


def mail(number: int, body: str = "To the press.") -> bytes:
    head = f"From: a@b.example\r\nMessage-ID: <{number}@b.example>\r\nSubject: Statement {number}\r\n"
    return f"{head}\r\n{body}\r\n".encode()


def visit(
    box: MailServer, client: Client, *, seen: str | None = None, known: tuple[str, ...] = (), at: str = "/INBOX"
) -> list[Capture | Trouble]:
    source = Source(id="press", url=f"imaps://{NAME}:{box.port}{at}", kind="mail", name="Press")
    remembered = Validators(etag=seen)
    return list(collect.captures(source, client=client, is_known=known.__contains__, validators=remembered))


def urls(found: list[Capture | Trouble]) -> list[str]:
    return [one.url if isinstance(one, Capture) else one.kind for one in found]


def test_each_message_is_a_capture_and_says_how_far_was_read(box: MailServer, client: Client) -> None:
    box.messages = {4: mail(4), 7: mail(7)}

    found = visit(box, client)

    assert urls(found) == ["mid:4@b.example", "mid:7@b.example"]
    assert [collect.validators(one).etag for one in found if isinstance(one, Capture)] == ['"1.4"', '"1.7"']
    assert isinstance(found[0], Capture)
    assert (found[0].body, found[0].media_type) == (mail(4), "message/rfc822")


def test_only_what_came_after_the_last_visit_is_fetched(box: MailServer, client: Client) -> None:
    box.messages = {4: mail(4), 7: mail(7), 9: mail(9)}

    found = visit(box, client, seen='"1.7"')

    assert urls(found) == ["mid:9@b.example"]
    assert [line for line in box.asked if "FETCH" in line and "BODY.PEEK[]" in line] == [
        "UID FETCH 9 (UID BODY.PEEK[])"
    ]


def test_a_folder_without_news_yields_nothing(box: MailServer, client: Client) -> None:
    box.messages = {7: mail(7)}

    assert visit(box, client, seen='"1.7"') == []


def test_a_folder_that_was_numbered_anew_is_looked_through_and_known_mail_is_not_fetched(
    box: MailServer, client: Client
) -> None:
    box.messages, box.uid_validity = {1: mail(7), 2: mail(8)}, 2

    found = visit(box, client, seen='"1.7"', known=("mid:7@b.example",))

    assert urls(found) == ["mid:8@b.example"]
    assert not any("FETCH 1 " in line for line in box.asked)


def test_nothing_on_the_server_is_changed(box: MailServer, client: Client) -> None:
    box.messages = {1: mail(1)}

    visit(box, client)

    said = " ".join(box.asked).upper()
    assert "EXAMINE" in said
    assert not any(word in said for word in ("SELECT", "STORE", "EXPUNGE", "COPY", "MOVE", "APPEND", "BODY["))


def test_a_folder_may_have_any_name(box: MailServer, client: Client) -> None:
    box.folder, box.messages = "Presse & L&AOQ-nder".replace(" & ", " &- "), {1: mail(1)}

    assert urls(visit(box, client, at="/Presse%20&%20L%C3%A4nder")) == ["mid:1@b.example"]


@pytest.mark.parametrize(
    ("changes", "at", "kind"),
    [
        ({"mailboxes": ()}, "/INBOX", "no-account"),
        ({"mailboxes": (ACCOUNT, Mailbox(name="b", host=NAME, user="b", password="b"))}, "/INBOX", "no-account"),
        ({"mailboxes": (Mailbox(name="a", host=NAME, user="desk", password="wrong"),)}, "/INBOX", "refused"),
        ({}, "/Elsewhere", "refused"),
        ({"authorities": None}, "/INBOX", "bad-tls"),
        ({"allow_private": False}, "/INBOX", "private-address"),
        ({"ports": (80, 443)}, "/INBOX", "port"),
        ({"body_bytes": 40}, "/INBOX", "too-large"),
    ],
)
def test_what_stands_in_the_way_is_said_in_one_sentence(
    box: MailServer, open_client: Open, pem: Path, changes: dict[str, object], at: str, kind: str
) -> None:
    box.messages = {1: mail(1)}
    client = open_client(**{"authorities": pem, "mailboxes": (ACCOUNT,), "total_s": 5.0, **changes})

    (only,) = visit(box, client, at=at)

    assert isinstance(only, Trouble)
    assert only.kind == kind
    assert "secret" not in only.detail


def test_a_password_in_an_address_is_refused_and_shown_nowhere(client: Client) -> None:
    source = Source(id="press", url=f"imaps://desk:hidden@{NAME}/INBOX", kind="mail", name="Press")

    (only,) = collect.captures(source, client=client, is_known=lambda _: False)

    assert isinstance(only, Trouble)
    assert only.kind == "credentials"
    assert "hidden" not in f"{only.detail} {ACCOUNT!r}"
    assert "secret" not in repr(client.settings)


def _hang_up(_line: str, _socket: socket.socket) -> bool:
    return True


def _lie(line: str, to: socket.socket) -> bool:
    if "FETCH" in line:
        to.sendall(b"* 1 FETCH (UID 1 RFC822.SIZE 9 BODY[] {99999999999}\r\n")
    return "FETCH" in line


def _chatter(line: str, to: socket.socket) -> bool:
    while "SEARCH" in line:
        to.sendall(b"* OK still looking\r\n" * 1000)
    return False


@pytest.mark.parametrize(
    ("odd", "kind"),
    [(_hang_up, "no-connection"), (_lie, "too-large"), (_chatter, "too-large")],
    ids=("hangs up", "lies", "chatters"),
)
def test_a_server_that_misbehaves_is_left(
    box: MailServer, client: Client, odd: Callable[[str, socket.socket], bool], kind: str
) -> None:
    box.messages, box.odd = {1: mail(1)}, odd

    (only,) = visit(box, client)

    assert isinstance(only, Trouble)
    assert only.kind == kind


def test_a_client_that_is_stopped_ends_the_conversation(box: MailServer, client: Client) -> None:
    def stop(line: str, _socket: socket.socket) -> bool:
        if "SEARCH" in line:
            client.stop()
        return "SEARCH" in line

    box.messages, box.odd = {1: mail(1)}, stop

    with pytest.raises(collect.Stopped):
        visit(box, client)
