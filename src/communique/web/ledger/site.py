"""The wire is written: what changed, or everything; the log first, then the pages, then the edition's own entry."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from django.db.models import Count, Sum

from communique import __version__, archive, wire
from communique.kit import digest
from communique.web.ledger import dossiers, models, publication
from communique.web.ledger.edition import DatabaseEdition, wire_settings
from communique.web.ledger.snapshot import snapshot
from communique.web.ledger.store import DatabaseLedger
from communique.web.workspace import Workspace

TRIES = 4  # the last one locks other writers out, so that a busy desk can't keep the wire from being written


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a run of `publish` did."""

    edition: int
    is_new: bool  # False: the wire stood as it should
    written: int  # files
    removed: int
    log_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Which edition is to stand in a folder, and what differs from what stands there."""

    number: int
    at: datetime
    is_new: bool
    log_size: int  # with the entry of the edition
    touched: frozenset[int] | None  # numbers; None: everything
    stamp: tuple[int, int]  # of what changed since the edition before


class Pages(Protocol):
    """How the pages of an edition are made; the wire's own way unless a test stands between."""

    def __call__(self, edition: wire.Edition, *, touched: frozenset[int] | None = None) -> Iterator[wire.Page]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What a run is to do, and what it did so far: a try that was overtaken has written pages too."""

    workspace: Workspace
    out: Path
    signer: archive.Signer
    full: bool
    now: datetime
    pages: Pages
    changed: set[str] = field(default_factory=set)  # paths written or removed by all tries


def write(workspace: Workspace, out: Path, *, full: bool, now: datetime, pages: Pages = wire.pages) -> Written:
    """Bring a folder up to the present state of the wire. Byte for byte the same, whether full or not.

    What somebody publishes while it is being written is not in any of its pages; it is then written once more, so that
    what comes after an edition's entry in the log is never in it, and what stands before always is.
    """
    out.mkdir(parents=True, exist_ok=True)
    work = _Work(workspace=workspace, out=out, signer=signing_key(workspace), full=full, now=now, pages=pages)
    with _locked(out):
        archive.announce(out)
        for attempt in range(1, TRIES + 1):
            with DatabaseLedger().transaction() if attempt == TRIES else nullcontext():
                if (done := _attempt(work)) is not None:
                    return done
    raise wire.WireError("the wire could not be written")  # not reached: the last try can't be overtaken


def signing_key(workspace: Workspace) -> archive.Signer:
    """Yield the key that signs this wire's log; made at first use, never again."""
    with _locked(workspace.keys):
        if not archive.has_key(workspace.keys):
            archive.save_key(workspace.keys, archive.new_key(_origin(workspace)))
        return archive.load_key(workspace.keys)


def _origin(workspace: Workspace) -> str:
    return workspace.text("wire.url").split("://", 1)[-1].rstrip("/") + "/log"


def _attempt(work: _Work) -> Written | None:
    """Write once; None: somebody published meanwhile, and the edition would not be what the log says."""
    with snapshot():
        plan = _plan(work)
        _append(work.out, work.signer, below=plan.log_size - 1)
        edition = _edition(work, plan)
        done = _put(work, plan, edition)
    if not _stands(plan):
        return None
    changed = None if plan.touched is None else tuple(work.changed)
    files = archive.list_files(work.out, changed, contents=_contents(work, edition))
    if plan.is_new and not _entered(work.workspace, plan, files):
        return None
    _append(work.out, work.signer, below=plan.log_size)
    return Written(
        edition=plan.number, is_new=plan.is_new, written=len(done.changed), removed=len(done.removed),
        log_size=plan.log_size,
    )  # fmt: skip


def _edition(work: _Work, plan: _Plan) -> DatabaseEdition:
    return DatabaseEdition(
        workspace=work.workspace, number=plan.number, at=plan.at, log_size=plan.log_size,
        tiles=archive.log(work.out / "log", work.signer.verifier), signer=work.signer,
    )  # fmt: skip


def _put(work: _Work, plan: _Plan, edition: DatabaseEdition) -> wire.Written:
    """Write the pages of a plan, from the state that the plan was made of."""
    put = wire.write_whole if plan.touched is None else wire.write
    done = put(work.pages(edition, touched=plan.touched), work.out)
    work.changed.update(done.changed, done.removed)
    return done


def _contents(work: _Work, edition: DatabaseEdition) -> archive.Contents:
    """Yield how the page of the log is written: it asks the edition for nothing that others could change meanwhile."""
    return archive.Contents(
        path="log/index.html",
        write=lambda lists: wire.write([wire.log_page(edition, (one.removeprefix("log/") for one in lists))], work.out),
    )


def _append(out: Path, signer: archive.Signer, *, below: int) -> None:
    """Bring the folder's log up to the entries before an index; what is logged meanwhile is the next edition's."""
    standing = _standing_size(out, signer)
    rows = (
        models.LogEntry.objects.filter(index__gte=standing, index__lt=below)
        .order_by("index")
        .values_list("body", flat=True)
    )
    archive.append(out / "log", (bytes(body) for body in rows.iterator()), first=standing, signer=signer)


def _standing_size(out: Path, signer: archive.Signer) -> int:
    return archive.log(out / "log", signer.verifier).size if (out / "log" / "checkpoint").exists() else 0


def _plan(work: _Work) -> _Plan:
    last = _last_edition()
    stamp = _stamp(last)
    size = publication.next_log_index()
    made_of = _made_of(work.workspace)
    is_new = last is None or last.log_index != size - 1 or last.made_of != made_of or bool(_changed_since(last))
    touched = None if work.full else _touched(work.out, made_of)
    if last is not None and not is_new:
        return _Plan(number=last.number, at=last.at, is_new=False, log_size=size, touched=touched, stamp=stamp)
    number = last.number + 1 if last else 1
    return _Plan(number=number, at=work.now, is_new=True, log_size=size + 1, touched=touched, stamp=stamp)


def _last_edition() -> models.Edition | None:
    return models.Edition.objects.order_by("-number").first()


def _stamp(edition: models.Edition | None) -> tuple[int, int]:
    """Count what changed since an edition, and its versions: another stamp is another state, also without log entry."""
    rows = models.Dispatch.objects.filter(number__isnull=False)
    if edition is not None:
        rows = rows.filter(changed_at__gte=edition.at)
    found = rows.aggregate(count=Count("id"), versions=Sum("version"))
    return int(found["count"]), int(found["versions"] or 0)


def _changed_since(edition: models.Edition) -> list[int]:
    rows = models.Dispatch.objects.filter(changed_at__gte=edition.at, number__isnull=False)
    return [number for number in rows.values_list("number", flat=True) if number is not None]


def _touched(out: Path, made_of: str) -> frozenset[int] | None:
    """Yield the numbers that changed since the edition that stands in a folder; None: all must be written."""
    standing = _standing_edition(out)
    if standing is None or standing.made_of != made_of:
        return None
    logged = models.LogEntry.objects.filter(index__gt=standing.log_index, dispatch__isnull=False)
    numbers = {number for number in logged.values_list("dispatch__number", flat=True) if number is not None}
    return frozenset(numbers | set(_changed_since(standing)))


def _standing_edition(out: Path) -> models.Edition | None:
    """Yield the edition whose list of files stands in a folder."""
    path = out / archive.FILE_LIST
    return models.Edition.objects.filter(files_digest=archive.digest_of(path)).first() if path.is_file() else None


def _made_of(workspace: Workspace) -> str:
    """Yield the digest of what all pages depend on beside the dispatches."""
    settings = repr(wire_settings(workspace))
    own = [archive.digest_of(path) for path in sorted(workspace.registry.glob("*.csv"))]
    return digest.sha256_of_text(json.dumps([__version__, _program(), settings, own, dossiers.renamed()]))


@cache
def _program() -> str:
    """Yield the digest of the room that makes the pages: a version under work changes its pages too."""
    folder = Path(wire.__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return digest.sha256_of_text("".join(f"{path.name}:{digest.sha256(path.read_bytes())}" for path in files))


def _entered(workspace: Workspace, plan: _Plan, files: archive.FileList) -> bool:
    """Enter a new edition, if nothing was changed since the plan was made."""
    with DatabaseLedger().transaction():
        if not _stands(plan):
            return False
        index = plan.log_size - 1
        body = archive.edition_entry(plan.number, at=plan.at, files=files.digest, count=files.count)
        models.LogEntry.objects.create(index=index, kind="edition", body=body, at=plan.at)
        models.Edition.objects.create(
            number=plan.number, at=plan.at, files_digest=files.digest, made_of=_made_of(workspace), log_index=index
        )
    return True


def _stands(plan: _Plan) -> bool:
    """Tell whether the state that a plan was made of is the present one still."""
    expected = plan.log_size - 1 if plan.is_new else plan.log_size
    return publication.next_log_index() == expected and _stamp(_last_edition()) == plan.stamp


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one process at a time write a folder. The lock goes with the process, however it ends."""
    with (folder.parent / f".{folder.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
