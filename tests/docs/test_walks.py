"""The commands of the pages do what the pages say: they are taken from there and run, in their order, as they stand."""

from __future__ import annotations

import json
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.conftest import Program

from communique.testing.web import Answer, Site, serving

DOCS = Path(__file__).parents[2] / "docs"
PATIENCE_S = 300
BLOCK = re.compile(r"(?ms)^```(sh|text)\n(.*?)^```")
IN_TABLE = re.compile(r"(?m)^\|.*\| `(communique [^`]+)` \|$")
# What a test can't have: first words of a command -> why.
ELSEWHERE = {
    "make": "the demo has tests of its own",
    "pipx": "installing has a test of its own (tests/house/test_wheel.py)",
    "python3 -m venv": "the same",
    "~/communique/bin/pip": "the same",
    "export PATH": "the same",
    "rsync": "another machine",
    "communique sources add imaps:": "a mail server",
    "curl 'https": "a wire of somebody else's",
    "wget": "a wire of somebody else's",
    "communique import dispatches": "what another newsroom exported",
    "communique restore newsroom-2026-03-08.tar newsroom-on-postgresql": "a database",
}
STATEMENT = (
    "The Tenants' League marched in Tarn against higher rents. It called on the city to build 300 flats by spring."
)
DAYS = range(28, 23, -1)
LIST = "".join(
    f'<li><a href="/news/{day}">The Guild of Clockmakers reported on its {day}th meeting in Tarn</a> '
    f'<time datetime="2026-03-{day}">{day} March 2026</time></li>'
    for day in DAYS
)
PAGES = {
    f"/news/{day}": Answer(
        body=f"<html><body><article><h1>The guild's {day}th meeting</h1><p>The Guild of Clockmakers met for the "
        f"{day}th time in Tarn on {day} March 2026, and {day * 7} members came. It called on the city to mend "
        "the town clock before the fair.</p></article></body></html>".encode()
    )
    for day in DAYS
} | {
    "/": Answer(body=f"<html><body><main><h1>News</h1><ul>{LIST}</ul></main></body></html>".encode()),
    "/feed.atom": Answer(
        body=b"<rss version='2.0'><channel><title>Old Wire</title><item><title>The guild met.</title>"
        b"<link>https://old-wire.example/1</link></item></channel></rss>",
        media_type="application/rss+xml",
    ),
}
POST = (
    "<rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/'><channel><title>Old Wire</title><item>"
    "<title>The Order of Saint Rule opened a school.</title><wp:status>publish</wp:status></item></channel></rss>"
)
OPML = "<opml version='2.0'><body><outline type='rss' text='Guild' xmlUrl='https://guild.example/feed'/></body></opml>"
# Stands for `communique` on the path. What stays until Ctrl+C gets it as soon as it says that it is there.
STAND_IN = """#!{python}
import os, signal, subprocess, sys
command = [{python!r}, "-m", "communique", *sys.argv[1:]]
if sys.argv[1:2] != ["serve"]:
    os.execv({python!r}, command)
serving = subprocess.Popen([*command, "--port", "0"], stderr=subprocess.PIPE, text=True, start_new_session=True)
print(serving.stderr.readline())
serving.send_signal(signal.SIGINT)
serving.communicate()
sys.exit(serving.returncode)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A page, and what stands in its reader's folder before."""

    page: str
    made: tuple[str, ...] = ("newsroom",)  # workspaces; the reader is in the first
    also: str = ""  # commands before those of the page
    is_long: bool = False  # only in `make test-all`: each of its commands starts the program anew


WALKS = (
    Walk(page="start.md", made=()),
    Walk(page="how-to/accounts.md", is_long=True, also="communique user add ben --role reader"),
    Walk(page="how-to/backup.md", also="communique import text page.txt"),
    Walk(page="how-to/corrections.md", is_long=True),
    Walk(page="how-to/filters.md", is_long=True, made=()),
    Walk(page="how-to/import.md"),
    Walk(page="how-to/organisations.md", is_long=True),
    Walk(page="how-to/publish.md", is_long=True, also="communique import text page.txt"),
    Walk(page="how-to/research.md", also="communique import text page.txt"),
    Walk(page="how-to/sources.md", is_long=True, also="communique import listing https://old-wire.example/; "
         "for n in $(seq 2 24); do echo The guild met $n times. >> more.txt; done; communique import text more.txt"),
    Walk(page="how-to/stories.md", also="communique import text page.txt"),
    Walk(page="how-to/verify.md", also="communique import text page.txt; communique publish --out mirror"),
)  # fmt: skip


def _lines(page: Path) -> list[str]:
    """Yield the commands of a page that can be run here, in order."""
    text = page.read_text(encoding="utf-8")
    blocks = [(match.start(), match[2]) for match in BLOCK.finditer(text) if match[1] == "sh"]
    tables = [(match.start(), match[1]) for match in IN_TABLE.finditer(text) if "/import.md" in str(page)]
    found = [line for _, block in sorted(blocks + tables) for line in block.replace("\\\n", " ").splitlines()]
    return [line for line in found if line.strip() and not line.startswith(tuple(ELSEWHERE))]


@pytest.fixture
def here(tmp_path: Path, program: Program) -> Iterator[Path]:
    """A reader's folder, with the program on the path and the sites of the pages on loopback."""
    (tmp_path / "bin").mkdir()
    stand_in = tmp_path / "bin" / "communique"
    stand_in.write_text(STAND_IN.format(python=sys.executable))
    stand_in.chmod(stand_in.stat().st_mode | stat.S_IXUSR)
    with serving([Site(host="127.0.0.1", pages=PAGES)]) as web:
        (tmp_path / "address").write_text(web.url("127.0.0.1"))
        yield tmp_path


def _furnish(folder: Path) -> None:
    """Lay out the files that pages speak of as the reader's own."""
    page = f"<html><body><article><h1>Tenants march</h1><p>{STATEMENT}</p></article></body></html>"
    lines = {"pages.jsonl": {"id": "A", "path": "statement.html"}, "sentences.jsonl": {"text": STATEMENT}}
    files = {
        "statement.html": page, "page.html": PAGES["/"].body.decode(), "page.txt": f"{STATEMENT}\nThe guild met.\n",
        "wordpress.xml": POST, "reader.opml": OPML,
    } | {name: json.dumps(line) + "\n" for name, line in lines.items()}  # fmt: skip
    for name, body in files.items():
        (folder / name).write_text(body, encoding="utf-8")
    with (folder / "pages.jsonl").open("a", encoding="utf-8") as more:
        more.write(json.dumps({"id": "B", "path": "statement.html"}) + "\n")
    for name in ("press/new", "press/cur", "press/tmp", "dropped", "www"):
        (folder / name).mkdir(parents=True)


def _walked(walk: Walk, here: Path, program: Program) -> subprocess.CompletedProcess[str]:
    address = (here / "address").read_text()
    first = walk.made[0] if walk.made else "."
    script = "\n".join([*(f"communique init {name}" for name in walk.made), walk.also, *_lines(DOCS / walk.page)])
    for told, there in (
        ("https://old-wire.example/", address), ("https://www.example.org/news/", address),
        ("https://www.example.org/press/", address), ("/var/mail/press", "press"), ("/srv/newsroom/dropped", "dropped"),
        ("/srv/www/wire", "www"), ("wire.example/log+1f0a9c3e+AQ…", "$(cat mirror/log/vkey)"),
    ):  # fmt: skip
        script = script.replace(told, there)
    own = {
        "PATH": f"{here / 'bin'}:{program.environment['PATH']}", "COMMUNIQUE_COLLECT_ALLOW_PRIVATE": "true",
        "COMMUNIQUE_COLLECT_PORTS": "*", "COMMUNIQUE_COLLECT_HOST_PAUSE": "0",
    } | ({"COMMUNIQUE_WORKSPACE": str(here / first)} if walk.made else {})  # fmt: skip
    return subprocess.run(
        ["bash", "-euxo", "pipefail", "-c", script], cwd=here, env=program.environment | own, text=True,
        capture_output=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "walk", [pytest.param(walk, id=walk.page, marks=[pytest.mark.long] if walk.is_long else []) for walk in WALKS]
)
def test_the_commands_of_a_page_do_their_work(walk: Walk, here: Path, program: Program) -> None:
    if "jq " in (DOCS / walk.page).read_text(encoding="utf-8") and not shutil.which("jq"):
        pytest.skip("no jq here")
    _furnish(here)

    done = _walked(walk, here, program)

    assert done.returncode == 0, done.stderr[-3000:]


def test_every_page_with_commands_is_walked_or_is_known_to_need_more() -> None:
    needs_more = {
        "tutorial.md",  # the demo and a browser
        "how-to/postgresql.md", "reference/api.md",  # a database, a running desk
        "how-to/add-a-language.md", "benchmarks.md",  # the repository, and hours
    }  # fmt: skip

    pages = {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md") if "```sh" in page.read_text(encoding="utf-8")}

    assert pages - needs_more == {walk.page for walk in WALKS}


def test_what_verify_is_said_to_print_is_what_it_prints(here: Path, program: Program) -> None:
    walk = next(walk for walk in WALKS if walk.page == "how-to/verify.md")
    told = next(match[2] for match in BLOCK.finditer((DOCS / walk.page).read_text("utf-8")) if match[1] == "text")
    _furnish(here)

    done = _walked(walk, here, program)

    assert _shape(told) in [_shape(line) for line in (done.stdout + done.stderr).splitlines()]


def _shape(line: str) -> list[str]:
    return re.sub(r"\d+", "#", line).split()
