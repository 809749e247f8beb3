"""Measure how fast pages are read, and that none of many mutated ones crashes or takes long.

    python bench/read/pages.py speed FOLDER
    python bench/read/pages.py mutated FOLDER [--pages 10000] [--seed 1] [--jobs 2]

FOLDER holds saved pages (.html or .html.gz), at any depth. Speed is pages a second of one process, everything
included: decoding, all witnesses, day, language, signers. A mutated page is a real one with flipped bits, cut tags,
swapped blocks, another encoding or deep nesting, chosen by the seed; the whole run is 100,000 pages.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from communique import read
from communique.records import Capture, Trouble

SLOW_S = 10.0  # no page may take longer
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
    given = parser.parse_args()
    bodies = [_body(path) for path in sorted(given.folder.rglob("*.html*"))]
    if given.what == "speed":
        _speed(bodies)
    else:
        sys.exit(_mutated(bodies, pages=given.pages, seed=given.seed, jobs=given.jobs))


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


def _mutated(bodies: list[bytes], *, pages: int, seed: int, jobs: int) -> int:
    """Read mutated pages; yield the exit status: 0 if none crashed and none was slow."""
    kinds: Counter[str] = Counter()
    slowest, begun = 0.0, time.perf_counter()
    numbers = iter(range(pages))
    chunks = iter(lambda: list(islice(numbers, CHUNK)), [])
    with ProcessPoolExecutor(jobs, initializer=_load, initargs=(bodies, seed)) as pool:
        for found in pool.map(_read_all, chunks):
            for kind, took, detail in found:
                kinds[kind] += 1
                slowest = max(slowest, took)
                if kind in ("crash", "slow"):
                    sys.stdout.write(f"{kind}: {detail}\n")
                    sys.stdout.flush()
    shown = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    sys.stdout.write(
        f"{pages} pages, seed {seed}: {shown}; slowest {slowest:.1f} s; {time.perf_counter() - begun:.0f} s\n"
    )
    return 1 if kinds["crash"] or kinds["slow"] else 0


_GIVEN: list[bytes] = []  # set in each process by `_load`
_SEED = [0]


def _load(bodies: list[bytes], seed: int) -> None:
    _GIVEN[:] = bodies
    _SEED[0] = seed
    read.warm()


def _read_all(numbers: list[int]) -> list[tuple[str, float, str]]:
    return [_read_one(number) for number in numbers]


def _read_one(number: int) -> tuple[str, float, str]:
    body, how = mutated(_GIVEN, random.Random(f"{_SEED[0]}-{number}"))
    begun = time.process_time()
    try:
        found = read.document(_capture(body))
        read.listing(_capture(body))
    except Exception:  # noqa: BLE001  # the finding of this bench
        return "crash", 0.0, f"page {number} ({how}): {traceback.format_exc(limit=-3)}"
    took = time.process_time() - begun
    if took > SLOW_S:
        return "slow", took, f"page {number} ({how}): {took:.1f} s"
    return ("trouble" if isinstance(found, Trouble) else "read"), took, ""


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
