"""Files appear whole, unchanged ones stay untouched, stale ones go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from communique import wire
from communique.wire import Page

if TYPE_CHECKING:
    from tests.wire.conftest import World


def test_a_second_build_of_the_same_edition_writes_nothing(world: World, tmp_path: Path) -> None:
    edition = world.edition(world.dispatch(id_) for id_ in range(1, 4))
    first = wire.write_whole(wire.pages(edition), tmp_path)

    second = wire.write_whole(wire.pages(edition), tmp_path)

    assert (second.changed, second.removed, second.same) == ((), (), len(first.changed))


def test_a_whole_build_removes_what_is_stale_and_nothing_that_is_not_the_wires(world: World, tmp_path: Path) -> None:
    stale = ("page/9/index.html", "org/gone/feed.atom", "d/77.json", "d/1/.index.html.1.communique-part")
    kept = ("log/checkpoint", "log/tile/0/000", "CNAME", ".well-known/security.txt", "d/notes.txt", "photos/index.html")
    for path in (*stale, *kept):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")

    done = wire.write_whole(wire.pages(world.edition([world.dispatch(1)])), tmp_path)

    assert sorted(done.removed) == sorted(stale)
    assert [path for path in stale if (tmp_path / path).exists()] == []
    assert [path for path in kept if not (tmp_path / path).exists()] == []
    assert not (tmp_path / "org/gone").exists()


def test_a_page_without_body_is_removed_with_its_empty_folders(tmp_path: Path) -> None:
    wire.write([Page(path="org/a/index.html", body=b"x"), Page(path="org/b/index.html", body=b"x")], tmp_path)

    done = wire.write([Page(path="org/a/index.html", body=None), Page(path="org/none/index.html", body=None)], tmp_path)

    assert done.removed == ("org/a/index.html",)
    assert sorted(path.name for path in (tmp_path / "org").iterdir()) == ["b"]


def test_nothing_else_is_left_beside_the_files(world: World, tmp_path: Path) -> None:
    wire.write(wire.pages(world.edition([world.dispatch(1)])), tmp_path)

    assert [path for path in tmp_path.rglob(".*") if path.is_file()] == []


@pytest.mark.parametrize("path", ["../out.html", "/etc/motd", "a/../../b", "", "a//b", "./a"])
def test_a_path_outside_the_folder_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(wire.WireError, match="not a path within"):
        wire.write([Page(path=path, body=b"x")], tmp_path)


def test_a_folder_that_cannot_be_written_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "page").write_text("a file where a folder must be")

    with pytest.raises(wire.WriteError, match=r"page/1/index\.html: .+; the file is as it was before"):
        wire.write([Page(path="page/1/index.html", body=b"x")], tmp_path)
