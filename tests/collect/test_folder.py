"""A folder that people drop files into."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from communique import collect
from communique.collect import Client
from communique.records import Capture, Source, Trouble

Open = Callable[..., Client]


def visit(place: Path, client: Client, known: set[str] | None = None) -> list[Capture | Trouble]:
    source = Source(id="drop", url=place.as_uri(), kind="folder", name="Dropped at the desk")
    return list(collect.captures(source, client=client, is_known=(known or set()).__contains__))


def kinds(found: list[Capture | Trouble]) -> list[str | None]:
    return [one.media_type if isinstance(one, Capture) else one.kind for one in found]


def test_each_file_is_a_capture_in_the_order_of_names(tmp_path: Path, client: Client) -> None:
    for name in ("d.eml", "a.HTML", "c.txt", "b.pdf"):
        (tmp_path / name).write_text(name)

    found = visit(tmp_path, client)

    assert kinds(found) == ["text/html", "application/pdf", "text/plain", "message/rfc822"]
    assert isinstance(found[0], Capture)
    assert found[0].url == (tmp_path / "a.HTML").as_uri()
    assert (found[0].source_id, found[0].body) == ("drop", b"a.HTML")


def test_a_known_file_is_passed_over_and_a_changed_one_comes_again(tmp_path: Path, client: Client) -> None:
    (tmp_path / "a.txt").write_text("We regret.")
    (first,) = visit(tmp_path, client)
    assert isinstance(first, Capture)

    assert visit(tmp_path, client, {first.digest}) == []
    (tmp_path / "a.txt").write_text("We deplore.")
    (second,) = visit(tmp_path, client, {first.digest})
    assert isinstance(second, Capture)
    assert second.url == first.url


def test_what_is_not_finished_hidden_or_a_folder_is_passed_over(tmp_path: Path, client: Client) -> None:
    for name in ("a.pdf.part", ".hidden.txt", "b.txt~", "c.tmp"):
        (tmp_path / name).write_text(name)
    (tmp_path / "sub.txt").mkdir()

    assert visit(tmp_path, client) == []


def test_what_no_room_can_read_is_told(tmp_path: Path, client: Client) -> None:
    (tmp_path / "film.mkv").write_bytes(b"x")

    (found,) = visit(tmp_path, client)

    assert isinstance(found, Trouble)
    assert found.kind == "unknown-kind"
    assert "film.mkv" in found.detail


def test_links_pipes_and_large_files_are_left_alone(tmp_path: Path, client: Client) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("no")
    (tmp_path / "in" / "a.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "in" / "c.txt")
    (tmp_path / "in" / "d.txt").write_bytes(b"x" * (client.settings.body_bytes + 1))
    (tmp_path / "in" / "e.txt").write_text("good")

    assert kinds(visit(tmp_path / "in", client)) == ["link", "link", "not-a-file", "too-large", "text/plain"]


def test_a_folder_of_too_many_files_gives_the_last_and_says_so(tmp_path: Path, open_client: Open) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(str(number))

    found = visit(tmp_path, open_client(files=3))

    assert [one.body if isinstance(one, Capture) else one.kind for one in found] == [b"2", b"3", b"4", "too-many"]


@pytest.mark.parametrize("name", ["a\nb.txt", "\u202etxt.exe", "ü" * 100 + ".doc"])
def test_odd_names_stay_in_one_printable_sentence(tmp_path: Path, client: Client, name: str) -> None:
    (tmp_path / name).write_text("x")

    (found,) = visit(tmp_path, client)

    assert isinstance(found, Capture) or found.detail.isprintable()


def test_a_file_in_the_place_of_the_folder_is_a_trouble(tmp_path: Path, client: Client) -> None:
    (tmp_path / "a.txt").write_text("x")

    assert kinds(visit(tmp_path / "a.txt", client)) == ["not-a-folder"]
