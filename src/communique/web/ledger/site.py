"""The wire is written: what changed, or everything; the log first, then the pages, then the edition's own entry."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import Count, Sum

from communique import __version__, archive, wire
from communique.kit import digest
from communique.web.ledger import models, publication
from communique.web.ledger.edition import DatabaseEdition, Overtaken, wire_settings
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


def write(workspace: Workspace, out: Path, *, full: bool, now: datetime) -> Written:
    """Bring a folder up to the present state of the wire. Byte for byte the same, whether full or not."""
    out.mkdir(parents=True, exist_ok=True)
    signer = signing_key(workspace)
    with _locked(out):
        for attempt in range(1, TRIES + 1):
            with DatabaseLedger().transaction() if attempt == TRIES else nullcontext():
                if (done := _attempt(workspace, out, signer, full=full, now=now)) is not None:
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


def _attempt(workspace: Workspace, out: Path, signer: archive.Signer, *, full: bool, now: datetime) -> Written | None:
    """Write once; None: somebody published meanwhile, and the edition would not hold what the log says."""
    plan = _plan(workspace, out, signer, full=full, now=now)
    _append(out, signer, below=plan.log_size - 1)
    edition = DatabaseEdition(
        workspace=workspace, number=plan.number, at=plan.at, log_size=plan.log_size,
        tiles=archive.log(out / "log", signer.verifier), signer=signer,
    )  # fmt: skip
    archive.announce(out)
    put = wire.write_whole if plan.touched is None else wire.write
    try:
        done = put(wire.pages(edition, touched=plan.touched), out)
    except Overtaken:
        return None
    files = archive.list_files(out, None if plan.touched is None else (*done.changed, *done.removed))
    if not (_entered(workspace, plan, files) if plan.is_new else _still(plan)):
        return None
    _append(out, signer, below=plan.log_size)
    return Written(
        edition=plan.number, is_new=plan.is_new, written=len(done.changed), removed=len(done.removed),
        log_size=plan.log_size,
    )  # fmt: skip


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


def _plan(workspace: Workspace, out: Path, signer: archive.Signer, *, full: bool, now: datetime) -> _Plan:
    last = _last_edition()
    stamp = _stamp(last)
    size = publication.next_log_index()
    made_of = _made_of(workspace)
    is_new = last is None or last.log_index != size - 1 or last.made_of != made_of or bool(_changed_since(last))
    touched = None if full else _touched(out, made_of)
    if last is not None and not is_new:
        return _Plan(number=last.number, at=last.at, is_new=False, log_size=size, touched=touched, stamp=stamp)
    number = last.number + 1 if last else 1
    return _Plan(number=number, at=now, is_new=True, log_size=size + 1, touched=touched, stamp=stamp)


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
    own = "".join(f"{path.name}:{path.stat().st_mtime_ns}" for path in sorted(workspace.registry.glob("**/*")))
    return digest.sha256_of_text(json.dumps([__version__, settings, own]))


def _entered(workspace: Workspace, plan: _Plan, files: archive.FileList) -> bool:
    """Enter a new edition, if nothing was changed since the plan was made."""
    with DatabaseLedger().transaction():
        index = publication.next_log_index()
        if index != plan.log_size - 1 or _stamp(_last_edition()) != plan.stamp:
            return False
        body = archive.edition_entry(plan.number, at=plan.at, files=files.digest, count=files.count)
        models.LogEntry.objects.create(index=index, kind="edition", body=body, at=plan.at)
        models.Edition.objects.create(
            number=plan.number, at=plan.at, files_digest=files.digest, made_of=_made_of(workspace), log_index=index
        )
    return True


def _still(plan: _Plan) -> bool:
    """Tell whether the edition that a folder was brought to is the newest still."""
    return publication.next_log_index() == plan.log_size and _stamp(_last_edition()) == plan.stamp


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one process at a time write a folder. The lock goes with the process, however it ends."""
    with (folder.parent / f".{folder.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
