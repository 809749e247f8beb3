"""Measure how fast pages are read, and that none of many mutated ones crashes or takes long.

    python bench/read/pages.py speed FOLDER
    python bench/read/pages.py mutated FOLDER [--pages 10000] [--seed 1] [--jobs 2] [--largest KIB] [--record FILE]

FOLDER holds saved pages (.html or .html.gz), at any depth. Speed is pages a second of one process, everything
included: decoding, all witnesses, day, language, signers. A mutated page is a real one with flipped bits, cut tags,
swapped blocks, another encoding or deep nesting, chosen by the seed; the whole run is 100,000 pages. `--largest` takes
only the pages up to that size. `--record` keeps what was read in a file, one line for each chunk: a run that was broken
off goes on behind them, and is not slowed by beginning again.
"""

from __future__ import annotations

import argparse
import faulthandler
import gzip
import json
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from communique import read
from communique.records import Capture, Trouble

SLOW_S = 10.0  # no page may take longer
WATCHED_S = 5.0  # what takes longer is told, so that it can be mended before it is too slow
CHUNK = 50
WARM_UP = 5  # pages that are read before the clock runs


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("speed", "mutated"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--largest", type=int, metavar="KIB", help="leave out larger pages")
    parser.add_argument("--record", type=Path, metavar="FILE", help="keep what was read, and go on behind it")
    given = parser.parse_args()
    bodies = [_body(path) for path in sorted(given.folder.rglob("*.html*"))]
    if given.largest:
        bodies = [body for body in bodies if len(body) <= given.largest * 1024]
    if given.what == "speed":
        _speed(bodies)
        return
    run = Run(bodies=bodies, pages=given.pages, seed=given.seed, jobs=given.jobs, record=given.record)
    sys.exit(_mutated(run))


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is to be read."""

    bodies: list[bytes]
    pages: int
    seed: int
    jobs: int
    record: Path | None  # None: nothing is kept


def _body(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def _capture(body: bytes) -> Capture:
    return Capture(
        source_id="", url="https://press.example/a", final_url="https://press.example/a",
        fetched_at=datetime(2024, 6, 1, tzinfo=UTC), status=200, media_type="text/html", charset=None,
        request_headers=(), headers=(), body=body, digest="", address=None,
    )  # fmt: skip


def _speed(bodies: list[bytes]) -> None:
    read.warm()
    for body in bodies[:WARM_UP]:
        read.document(_capture(body))
    for name, reader in (("document", read.document), ("listing", read.listing)):
        walls, begun = time.perf_counter(), time.process_time()
        for body in bodies:
            reader(_capture(body))
        took, wall = time.process_time() - begun, time.perf_counter() - walls
        size = sum(map(len, bodies)) / len(bodies) / 1024
        sys.stdout.write(
            f"{name}: {len(bodies)} pages of {size:.0f} KiB, {len(bodies) / took:.1f} pages/s of processor time, "
            f"{len(bodies) / wall:.1f} by the clock, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB\n"
        )


def _mutated(run: Run) -> int:
    """Read mutated pages; yield the exit status: 0 if none crashed and none was slow."""
    begun = time.perf_counter()
    kept = _kept(run)
    left = [first for first in range(0, run.pages, CHUNK) if first not in {one["first"] for one in kept}]
    with ProcessPoolExecutor(run.jobs, initializer=_load, initargs=(run.bodies, run.seed)) as pool:
        for one in pool.map(_read_all, [range(first, min(first + CHUNK, run.pages)) for first in left]):
            kept.append(one)
            _keep(run, one)
    kinds = sum((Counter(one["kinds"]) for one in kept), Counter[str]())
    shown = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    slowest, took = max(one["slowest"] for one in kept), sum(one["took"] for one in kept)
    sys.stdout.write(
        f"{kinds.total()} pages made of {len(run.bodies)}, seed {run.seed}: {shown}; slowest {slowest:.1f} s; "
        f"{took:.0f} s of processor time, {time.perf_counter() - begun:.0f} s by the clock\n"
    )
    return 1 if kinds["crash"] or kinds["slow"] else 0


def _kept(run: Run) -> list[dict[str, Any]]:
    """Yield the chunks that an earlier run with the same seed has read."""
    if run.record is None or not run.record.exists():
        return []
    lines = [json.loads(line) for line in run.record.read_text().splitlines()]
    return [line for line in lines if line["seed"] == run.seed]


def _keep(run: Run, chunk: dict[str, Any]) -> None:
    for line in chunk["told"]:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    if run.record is not None:
        with run.record.open("a") as record:
            record.write(json.dumps(chunk) + "\n")


_GIVEN: list[bytes] = []  # set in each process by `_load`
_SEED = [0]


def _load(bodies: list[bytes], seed: int) -> None:
    _GIVEN[:] = bodies
    _SEED[0] = seed
    read.warm()


def _read_all(numbers: range) -> dict[str, Any]:
    """Read a chunk; yield what the record keeps of it."""
    begun = time.process_time()
    found = [_read_one(number) for number in numbers]
    return {
        "seed": _SEED[0],
        "first": numbers.start,
        "kinds": Counter(one.kind for one in found),
        "slowest": round(max(one.took for one in found), 2),
        "took": round(time.process_time() - begun, 1),
        "told": [one.told for one in found if one.told],
    }


@dataclass(frozen=True, slots=True)
class _One:
    """What came of one page."""

    kind: str
    took: float  # seconds of processor time
    told: str = ""


def _read_one(number: int) -> _One:
    body, how = mutated(_GIVEN, random.Random(f"{_SEED[0]}-{number}"))
    faulthandler.dump_traceback_later(6 * SLOW_S)  # where it hangs, if it does
    begun = time.process_time()
    try:
        found = read.document(_capture(body))
        read.listing(_capture(body))
    except Exception:  # noqa: BLE001  # the finding of this bench
        return _One("crash", 0.0, f"crash: page {number} ({how}): {traceback.format_exc(limit=-3)}")
    finally:
        faulthandler.cancel_dump_traceback_later()
    took = time.process_time() - begun
    kind = "slow" if took > SLOW_S else "trouble" if isinstance(found, Trouble) else "read"
    told = f"{took:.1f} s: page {number} ({how}), {len(body) // 1024} KiB" if took > WATCHED_S else ""
    return _One(kind, took, told)


def mutated(bodies: list[bytes], chance: random.Random) -> tuple[bytes, str]:
    """Yield a page with one to three mutations, and their names."""
    body = chance.choice(bodies)
    chosen = chance.sample(sorted(_MUTATIONS), chance.randint(1, 3))
    for name in chosen:
        body = _MUTATIONS[name](body, chance)
    return body, "+".join(chosen)


def _flipped(body: bytes, chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(min(len(body), 2 ** chance.randint(0, 10))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(body: bytes, chance: random.Random) -> bytes:
    parts = body.split(b">")
    kept = (part for part in parts if chance.random() > 0.05)
    return b">".join(kept)


def _swapped(body: bytes, chance: random.Random) -> bytes:
    ends = sorted(chance.randrange(len(body) + 1) for _ in range(4))
    a, b, c, d = ends
    return body[:a] + body[c:d] + body[b:c] + body[a:b] + body[d:]


def _encoded(body: bytes, chance: random.Random) -> bytes:
    name = chance.choice(
        ["utf-16", "utf-16-le", "shift_jis", "koi8-r", "cp1252", "utf-7", "iso2022_jp", "big5", "utf-32"]
    )
    return body.decode("utf-8", "replace").encode(name, "replace")


def _nested(body: bytes, chance: random.Random) -> bytes:
    tag = chance.choice([b"div", b"table><tr><td", b"ul><li", b"font", b"b", b"blockquote", b"span", b"a href=/x"])
    at = body.find(b"<body") + 6 if b"<body" in body else 0
    return body[:at] + (b"<" + tag + b">") * chance.choice([50, 300, 2000, 20_000]) + body[at:]


def _truncated(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def _repeated(body: bytes, chance: random.Random) -> bytes:
    a, b = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    return body[:b] + body[a:b] * min(20, 4_000_000 // max(1, b - a)) + body[b:]


_MUTATIONS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "bits": _flipped, "tags": _cut, "blocks": _swapped, "encoding": _encoded, "nesting": _nested, "end": _truncated,
    "repeats": _repeated,
}  # fmt: skip

if __name__ == "__main__":
    main()
