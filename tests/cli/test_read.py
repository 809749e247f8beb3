"""`communique read`: pages in, one JSON object out for each, in order; what can't be read is a trouble in its place."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parents[1] / "read" / "pages"
SOURCE = str(Path(__file__).parents[2] / "src")


def run(*arguments: str, given: str = "", folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "communique", "read", *arguments],
        input=given, capture_output=True, text=True, timeout=120, check=False, cwd=folder,
        env=os.environ | {"PYTHONPATH": SOURCE, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def lines(*objects: Any) -> str:
    return "".join(json.dumps(one) + "\n" for one in objects)


def test_each_line_gives_one_line_in_order_whatever_the_number_of_processes() -> None:
    path = str(PAGES / "nurses-strike.html")
    given = lines(
        {"id": "a", "path": path, "url": "https://nurses.example/news/1", "fetched_at": "2024-06-01T00:00:00+00:00"},
        {"id": "b", "path": "no-such-file.html"},
        {"html": "<p>", "url": "https://nurses.example/"},
        {"id": "d", "path": path, "url": "https://nurses.example/news/2", "fetched_at": "2024-06-01T00:00:00+00:00"},
    ) + "not json\n"  # fmt: skip

    alone, together = run("-q", given=given), run("-q", "--jobs", "3", given=given)
    answers = [json.loads(line) for line in alone.stdout.splitlines()]

    assert alone.stdout == together.stdout
    assert (alone.returncode, alone.stderr) == (1, "")
    assert [answer["id"] for answer in answers] == ["a", "b", "3", "d", "5"]
    assert ["trouble" in answer for answer in answers] == [False, True, True, False, True]
    assert answers[0]["title"] == "Nurses vote for strike action over ward closures"


def test_an_answer_has_the_fields_of_the_contract() -> None:
    done = run("-q", given=lines({"path": str(PAGES / "nurses-strike.html"), "url": "https://nurses.example/news/1"}))

    assert list(json.loads(done.stdout)) == [
        "id", "url", "canonical_url", "title", "byline", "publisher", "dateline", "published", "updated", "language",
        "standfirst", "text", "signatories", "signatory_count", "open_list", "links", "feeds", "digest",
        "numerals",
    ]  # fmt: skip


def test_a_page_is_named_with_its_address(tmp_path: Path) -> None:
    packed = tmp_path / "page"
    packed.write_bytes((PAGES / "bishops-water.html").read_bytes())

    done = run("page", "--url", "https://obispos.example/prensa/agua", folder=tmp_path)

    assert done.returncode == 0
    assert json.loads(done.stdout)["title"] == "El agua es un bien de todos"


def test_a_file_that_is_named_like_a_page_is_one(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "agua.html.gz", "wb") as packed:
        packed.write((PAGES / "bishops-water.html").read_bytes())

    done = run("agua.html.gz", folder=tmp_path)

    assert done.returncode == 0
    assert json.loads(done.stdout)["language"] == "es"


def test_an_address_for_two_files_is_wrong_use(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("<p>x</p>")

    done = run("a.html", "b.html", "--url", "https://obispos.example/", folder=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert "--url is the address of one page" in done.stderr


def test_the_source_s_languages_and_dates_help() -> None:
    html = "<html><body><h1>Fråsegn</h1><p>Vi krev fred, arbeid og brød til alle i byen no.</p></body></html>"

    done = run("-q", given=lines({"html": html, "url": "", "languages": ["nn"], "listing_date": "2020-02-03"}))
    answer = json.loads(done.stdout)

    assert answer["language"] == "nn"
    assert answer["published"] == {"at": "2020-02-03", "precision": "day", "evidence": "listing"}


def test_explain_adds_how_each_page_was_read(tmp_path: Path) -> None:
    page = tmp_path / "statement.html"
    page.write_text("<title>On pay</title><h1>On pay</h1><p>" + "We ask for a fair offer before the summer. " * 9)

    made = run("--explain", "-q", str(page))

    shown = json.loads(made.stdout)["explanation"]
    assert set(shown) == {"fields", "days", "parts"}
    assert {"text", "kind", "is_taken", "reason"} == set(shown["parts"][0])
