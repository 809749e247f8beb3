"""A wire or a mirror of one, checked with nothing but its files.

In this order, each step resting on the one before: the key; the checkpoint's signature; every entry and tile against
the checkpoint's root; the list of files against the newest edition; every file against the list; every proof and
dispatch against the log. Files are read as streams; what the log says of each dispatch waits in a temporary database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from communique.archive import _note
from communique.archive._errors import ArchiveError, BadKey, BadLog, BadNote
from communique.archive._ledger import Said
from communique.archive._log import CHECKPOINT, VKEY, Log, checkpoint, read
from communique.archive._verify_files import Wire, check_files
from communique.archive._verify_log import check_log

MOST_FLAWS = 1000  # as many are told one by one; the others are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One thing that does not fit."""

    path: str  # within the wire, with slashes
    kind: str  # "missing", "changed", "extra", "key", "checkpoint", "log", "list", "proof", "dispatch"
    detail: str  # one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found."""

    folder: str
    key: str | None  # the verifier key used; None: there was none to use
    key_given: bool  # False: the key came from the wire itself, which proves less
    origin: str | None  # None: the checkpoint can't be trusted
    size: int | None  # entries of the log
    root: str | None  # hex
    edition: int | None  # None: the log has no edition
    edition_at: str | None
    files: int  # checked against the list
    proofs: int  # checked
    dispatches: int  # whose digest was compared with the log
    flaws: tuple[Flaw, ...]
    more_flaws: int  # beyond those told

    @property
    def is_sound(self) -> bool:
        """Tell whether everything fits."""
        return not self.flaws


@dataclass(slots=True)
class Findings:
    """Flaws as they are found; a plain collector, so not frozen."""

    flaws: list[Flaw] = field(default_factory=list)
    more: int = 0

    def add(self, path: str, kind: str, detail: str) -> None:
        """Note a flaw; beyond `MOST_FLAWS` only its count."""
        if len(self.flaws) < MOST_FLAWS:
            self.flaws.append(Flaw(path=path, kind=kind, detail=detail))
        else:
            self.more += 1


def _silent(_files: int) -> None:
    """Hear of progress and say nothing."""


def verify(folder: Path, *, vkey: str | None = None, progress: Callable[[int], None] = _silent) -> Report:
    """Check a wire or a mirror; `vkey` is the verifier key as it is known from elsewhere.

    `progress` hears how many files were checked. Without `vkey` the wire's own `log/vkey` is believed. Raises `BadKey`
    where `vkey` is not a key, and `ArchiveError` where the folder can't be read.
    """
    if not folder.is_dir():
        raise ArchiveError(folder, "it is not a folder", advice="give the folder that a wire was written to")
    found = Findings()
    given = None if vkey is None else _note.verifier(vkey)
    known = _key(folder, given, found)
    head = _head(folder, known, found) if known else None
    with Said() as said:
        whole = head is not None and check_log(folder / "log", head, said, found.add)
        log = Log(folder / "log", head.size) if head and whole else None
        wire = Wire(folder=folder, log=log, known=known, said=said, note=found.add)
        counts = check_files(wire, progress)
        edition = said.edition
    return Report(
        folder=str(folder),
        key=known.vkey if known else None,
        key_given=given is not None,
        origin=head.origin if head else None,
        size=head.size if head else None,
        root=head.root.hex() if head else None,
        edition=edition.number if edition else None,
        edition_at=edition.at if edition else None,
        files=counts.files,
        proofs=counts.proofs,
        dispatches=counts.dispatches,
        flaws=tuple(found.flaws),
        more_flaws=found.more,
    )


def _key(folder: Path, given: _note.Verifier | None, found: Findings) -> _note.Verifier | None:
    """Yield the key to believe: the one given, else the wire's own, which must be the same where both are there."""
    where = f"log/{VKEY}"
    try:
        own = _note.verifier_line(read(folder / where, where, _note.NOTE_BYTES))
    except (BadLog, BadKey) as error:
        found.add(where, "key", f"the wire's own key can't be read: {error}")
        return given
    if given and given != own:
        found.add(where, "key", f"it is another key than the one given ({given.name}, id {given.id.hex()})")
    return given or own


def _head(folder: Path, known: _note.Verifier, found: Findings) -> _note.Checkpoint | None:
    try:
        return checkpoint(folder / "log", known)
    except (BadLog, BadNote) as error:
        found.add(f"log/{CHECKPOINT}", "checkpoint", str(error))
        return None
