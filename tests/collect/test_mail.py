"""Mail as a source: each message once, and nothing outside its folder."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from communique import collect
from communique.collect import Client
from communique.records import Capture, Source, Trouble
from communique.testing.hostile import FakeClock


def mail(subject: str, message_id: str | None = None, body: str = "To the press.\n") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Bishops' Conference <press@bishops.example>"
    message["Subject"] = subject
    if message_id:
        message["Message-ID"] = message_id
    message.set_content(body)
    return message


def source(place: Path) -> Source:
    return Source(id="bishops", url=place.as_uri(), kind="mail", name="Bishops' Conference")


def nothing(_key: str) -> bool:
    return False


def visit(place: Path, client: Client, known: set[str] | None = None) -> list[Capture | Trouble]:
    return list(collect.captures(source(place), client=client, is_known=(known or set()).__contains__))


def urls(found: list[Capture | Trouble]) -> list[str]:
    return [one.url if isinstance(one, Capture) else one.kind for one in found]


@pytest.fixture
def maildir(tmp_path: Path) -> mailbox.Maildir:
    return mailbox.Maildir(tmp_path / "box")


def test_each_message_of_a_maildir_is_a_capture(
    maildir: mailbox.Maildir, tmp_path: Path, client: Client, time: FakeClock
) -> None:
    maildir.add(mail("On peace", "<a1@bishops.example>"))
    maildir.add(mail("On bread", "<a2@bishops.example>"))

    found = visit(tmp_path / "box", client)

    assert sorted(urls(found)) == ["mid:a1@bishops.example", "mid:a2@bishops.example"]
    first = found[0]
    assert isinstance(first, Capture)
    assert (first.source_id, first.status, first.media_type) == ("bishops", 200, "message/rfc822")
    assert b"Bishops" in first.body
    assert (first.address, first.fetched_at) == (None, time.now())


def test_known_messages_are_passed_over(maildir: mailbox.Maildir, tmp_path: Path, client: Client) -> None:
    maildir.add(mail("On peace", "<a1@bishops.example>"))
    maildir.add(mail("On bread", "<a2@bishops.example>"))

    assert urls(visit(tmp_path / "box", client, {"mid:a1@bishops.example"})) == ["mid:a2@bishops.example"]


@pytest.mark.parametrize("odd", [None, "<>", "<two words@a.example>", "<" + "x" * 2000 + "@a.example>"])
def test_a_message_without_a_usable_id_is_known_by_its_digest(
    maildir: mailbox.Maildir, tmp_path: Path, client: Client, odd: str | None
) -> None:
    maildir.add((f"Message-ID: {odd}\n" if odd else "") + "Subject: On peace\n\nTo the press.\n")

    (found,) = visit(tmp_path / "box", client)

    assert isinstance(found, Capture)
    assert found.url == "urn:" + found.digest
    assert visit(tmp_path / "box", client, {found.url}) == []


def test_marks_in_an_id_are_encoded(maildir: mailbox.Maildir, tmp_path: Path, client: Client) -> None:
    maildir.add(mail("On peace", "<20%a/b?c#d@bishops.example>"))

    assert urls(visit(tmp_path / "box", client)) == ["mid:20%25a%2Fb%3Fc%23d@bishops.example"]


def test_each_message_of_an_mbox_is_a_capture(tmp_path: Path, client: Client) -> None:
    box = mailbox.mbox(tmp_path / "box.mbox")
    box.add(mail("On peace", "<a1@bishops.example>", "Dear all,\n\nFrom the outset we said no.\n"))
    box.add(mail("On bread", "<a2@bishops.example>"))
    box.close()

    found = visit(tmp_path / "box.mbox", client)

    assert urls(found) == ["mid:a1@bishops.example", "mid:a2@bishops.example"]
    assert isinstance(found[0], Capture)
    assert b"\nFrom the outset we said no." in found[0].body


def test_a_message_stays_the_same_when_another_comes_after_it(tmp_path: Path, client: Client) -> None:
    box = mailbox.mbox(tmp_path / "box.mbox")
    box.add(mail("On peace"))
    box.close()
    (before,) = visit(tmp_path / "box.mbox", client)
    box = mailbox.mbox(tmp_path / "box.mbox")
    box.add(mail("On bread"))
    box.close()

    after = visit(tmp_path / "box.mbox", client)

    assert len(after) == 2
    assert after[0] == before


def test_a_message_that_is_too_large_is_passed_over_and_the_others_come(tmp_path: Path, client: Client) -> None:
    box = mailbox.mbox(tmp_path / "box.mbox")
    box.add(mail("On length", "<long@bishops.example>", "word " * 200_000))
    box.add(mail("On bread", "<a2@bishops.example>"))
    box.close()

    assert urls(visit(tmp_path / "box.mbox", client)) == ["too-large", "mid:a2@bishops.example"]


def test_an_mbox_of_one_endless_line_is_a_trouble(tmp_path: Path, client: Client) -> None:
    (tmp_path / "box").write_bytes(b"x" * 3_000_000)

    assert urls(visit(tmp_path / "box", client)) == ["not-a-mailbox"]


def test_an_empty_mailbox_is_quiet(maildir: mailbox.Maildir, tmp_path: Path, client: Client) -> None:
    (tmp_path / "empty.mbox").write_bytes(b"")

    assert visit(tmp_path / "empty.mbox", client) == []
    assert visit(tmp_path / "box", client) == []
    assert len(maildir) == 0


def test_a_link_out_of_the_mailbox_is_not_followed(maildir: mailbox.Maildir, tmp_path: Path, client: Client) -> None:
    (tmp_path / "secret").write_text("Subject: not for the wire\n\nno\n")
    (tmp_path / "box" / "new" / "1.x").symlink_to(tmp_path / "secret")
    maildir.add(mail("On bread", "<a2@bishops.example>"))

    assert sorted(urls(visit(tmp_path / "box", client))) == ["link", "mid:a2@bishops.example"]


def test_a_linked_folder_inside_a_mailbox_is_not_entered(tmp_path: Path, client: Client) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "1.x").write_text("Subject: not for the wire\n\nno\n")
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "new").symlink_to(tmp_path / "elsewhere")

    assert urls(visit(tmp_path / "box", client)) == ["not-a-mailbox"]


@pytest.mark.parametrize(
    "url",
    ["file:///no/such/box", "file://host.example/box", "file:box", "http://bishops.example/", "file:///a%00b", ""],
)
def test_a_mailbox_that_is_not_there_is_a_trouble(client: Client, url: str) -> None:
    odd = Source(id="bishops", url=url, kind="mail", name="Bishops' Conference")

    (found,) = collect.captures(odd, client=client, is_known=nothing)

    assert isinstance(found, Trouble)
    assert found.kind in ("missing", "bad-address")
