"""Compare our feed reader with fastfeedparser and feedparser on the gold set of feeds: fields right, feeds a second.

    python bench/read/feeds.py "$COMMUNIQUE_GOLD"

The two libraries need not be installed: one that is missing is left out. Dates are compared as instants, so a reader
that turns them into UTC loses nothing in `fields_right`; `offset kept` says how many kept the offset of the feed.
"""

from __future__ import annotations

import gzip
import importlib
import importlib.util
import json
import re
import runpy
import sys
import time
from calendar import timegm
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from communique import read
from communique.kit import jsonable
from communique.records import Capture, Trouble

Line = dict[str, Any]
Reader = Callable[[bytes], Any]
Mapping = Callable[[Any], Line]
ROUNDS = 3  # the best counts, in processor time
FULL = 40  # feeds of full size


def main(gold: Path) -> None:
    """Print one line a reader."""
    cases = [json.loads(line) for line in (gold / "feeds" / "manifest.jsonl").read_text("utf-8").splitlines()]
    bodies = {case["id"]: gzip.decompress((gold / "feeds" / case["path"]).read_bytes()) for case in cases}
    score = runpy.run_path(str(gold / "score.py"))["score"]
    for name, reader, mapping in _readers():
        answers, took = _timed(reader, mapping, bodies)
        figures = score("feeds", cases, answers)
        shown = {key: round(figures[key], 3) for key in ("fields_right", "feeds_all_right", "item_count_right")}
        offsets = f"offset kept {_offsets(answers)}"
        full, long = _timed(reader, mapping, {str(number): _full_size() for number in range(FULL)})
        speed = f"{len(bodies) / took:.0f} small, {FULL / long:.0f} full-size feeds/s"
        sys.stdout.write(f"{name:15} {shown}  {offsets}, {_offsets(full)}  {speed}\n")


def _readers() -> Iterator[tuple[str, Reader, Mapping]]:
    """Yield each reader that is installed, and what puts its answer into the contract's names."""
    yield "communique", lambda body: read.feed(_capture(body)), _as_line
    for name in ("fastfeedparser", "feedparser"):
        if importlib.util.find_spec(name):
            yield name, importlib.import_module(name).parse, _mapped


def _timed(reader: Reader, mapping: Mapping, bodies: dict[str, bytes]) -> tuple[dict[str, Line], float]:
    best, parsed = float("inf"), {}
    for _ in range(ROUNDS):
        begun = time.process_time()
        parsed = {id_: _safely(reader, body) for id_, body in bodies.items()}
        best = min(best, time.process_time() - begun)
    return {id_: {"id": id_} | (mapping(one) if one is not None else {}) for id_, one in parsed.items()}, best


def _safely(reader: Reader, body: bytes) -> Any:
    try:
        return reader(body)
    except Exception:  # noqa: BLE001  # a library may fail in any way; its answer is then none
        return None


def _as_line(found: Any) -> Line:
    return {"trouble": {"kind": found.kind}} if isinstance(found, Trouble) else {"feed": jsonable.of_record(found)}


def _capture(body: bytes) -> Capture:
    return Capture(
        source_id="", url="", final_url="", fetched_at=datetime.now(UTC), status=200, media_type=None, charset=None,
        request_headers=(), headers=(), body=body, digest="", address=None,
    )  # fmt: skip


def _mapped(parsed: Any) -> Line:
    """Put a library's answer into the contract's names."""
    head = parsed.get("feed", {}) if isinstance(parsed, dict) else parsed.feed
    entries = parsed.get("entries", []) if isinstance(parsed, dict) else parsed.entries
    return {"feed": _fields(head, "subtitle") | {"items": [_fields(entry, "summary") for entry in entries]}}


def _fields(found: Any, summary: str) -> Line:
    get = found.get
    named_authors = [one.get("name") for one in get("authors") or [] if one.get("name")]
    authors = named_authors or ([get("author")] if get("author") else [])
    content = (get("content") or [{}])[0].get("value")
    hub = next((one.get("href") for one in get("links") or [] if one.get("rel") == "hub"), None)
    named = {
        "id": get("id"), "title": get("title"), "link": get("link"), "language": get("language"), "authors": authors,
        "categories": [tag.get("term") or tag.get("label") for tag in get("tags") or []], "rights": get("rights"),
        "published": _at(found, "published"), "updated": _at(found, "updated"), "content": content, "hub": hub,
        "description" if summary == "subtitle" else "summary": get(summary) or get("description"),
    }  # fmt: skip
    return {key: value for key, value in named.items() if value}


def _at(found: Any, name: str) -> str | None:
    """Yield an instant as the library parsed it, else as it stands."""
    parsed = found.get(f"{name}_parsed")
    return datetime.fromtimestamp(timegm(parsed), UTC).isoformat() if parsed else found.get(name)


def _full_size() -> bytes:
    """Yield a feed of the size that sites publish: 40 entries of 3 kB of markup each."""
    text = "<p>The council of the harbour has met, heard all sides &amp; decided. </p>" * 40
    entry = (
        "<item><title>Notice {0}</title><link>https://press.example/{0}</link><guid>https://press.example/{0}</guid>"
        "<pubDate>Tue, 14 May 2024 09:{1:02}:00 +0200</pubDate><dc:creator>Press office</dc:creator>"
        "<category>Harbour</category><description>Short.</description><content:encoded><![CDATA[{2}]]></content:encoded></item>"
    )
    entries = "".join(entry.format(number, number, text) for number in range(40))
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    head = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {spaces}><channel><title>Press</title>'
    return f"{head}{entries}</channel></rss>".encode()


def _offsets(answers: dict[str, Line]) -> str:
    said = [
        entry[name]
        for answer in answers.values()
        for entry in (answer.get("feed") or {}).get("items", [])
        for name in ("published", "updated")
        if entry.get(name)
    ]
    kept = [at for at in said if re.search(r"[+-](?!00:?00)\d\d:?\d\d$", str(at))]
    return f"{len(kept)} of {len(said)}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("give the folder of the gold sets: python bench/read/feeds.py FOLDER")
    main(Path(sys.argv[1]))
