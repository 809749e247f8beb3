"""Every file of a wire, checked against the list of its edition; every proof and dispatch against the log."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from communique.archive import _note
from communique.archive._errors import BadLog, BadNote
from communique.archive._files import walk
from communique.archive._ledger import Said
from communique.archive._listing import LINE_BYTES, LIST, digest_of, is_left_over, is_list, is_log_s_own, list_of
from communique.archive._log import Log, read
from communique.archive._proof import holds, read_proof
from communique.archive._verify_log import Note

_LINE = re.compile(r"(sha256:[0-9a-f]{64}) ([^\n\\\x00]+)\n", re.ASCII)
_PROOF = re.compile(r"d/([0-9]{1,18})\.tlog-proof", re.ASCII)
_INDEX = re.compile(r"[0-9]{1,18}", re.ASCII)
_DISPATCH = re.compile(r"d/([0-9]{1,18})\.json", re.ASCII)
_NOT_LISTED = "it is not on the list of the edition's files"
_UNDER_WAY = "a publication is under way, or was interrupted; publish again, then verify again"
_DISPATCH_BYTES = (
    16 * 1024 * 1024
)  # a longer page of one dispatch is not looked into (its digest is checked all the same)


@dataclass(slots=True)
class Counts:
    """What was checked; a plain tally, so not frozen."""

    files: int = 0
    proofs: int = 0
    dispatches: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """What the checks of single files need."""

    folder: Path
    log: Log | None  # None: the log is not whole, so nothing can be compared with it
    known: _note.Verifier | None
    said: Said
    note: Note


def check_files(wire: Wire, progress: Callable[[int], None]) -> Counts:
    """Check the list, every file on it, and that there is no other file; `progress` hears the files done."""
    said, note, counts = wire.said, wire.note, Counts()
    if not _check_list(wire):
        return counts
    there = 0
    for path, digest in _listed(wire):
        there += _check_file(wire, path, digest, counts)
        counts.files += not is_list(path)
        progress(counts.files)
    if wire.log and said.edition and said.edition.count != counts.files:
        expected = f"where edition {said.edition.number} has {said.edition.count}"
        note(LIST, "list", f"{counts.files} files are listed, {expected}")
    _check_extra(wire, there)
    return counts


def _check_list(wire: Wire) -> bool:
    """Tell whether there is a list; note where it is not that of the newest edition."""
    path = wire.folder / LIST
    if path.is_symlink() or not path.is_file():
        wire.note(LIST, "missing", "the list of the edition's files is missing, so the files can't be checked")
        return False
    edition = wire.said.edition
    if wire.log and edition is None:
        wire.note(LIST, "list", "the log has no edition that this list could be of")
    if edition and digest_of(path) != edition.files:
        wire.note(LIST, "list", f"it is not the list that edition {edition.number} of {edition.at} commits to")
    return True


def _listed(wire: Wire) -> Iterator[tuple[str, str]]:
    """Yield (path, digest) of every list and file: what `log/files` names, and what the lists that it names name."""
    for path, digest in _lines(wire, LIST):
        yield path, digest
        if is_list(path) and stat.S_ISREG(_mode(wire.folder / path)):
            yield from _lines(wire, path)


def _lines(wire: Wire, where: str) -> Iterator[tuple[str, str]]:
    """Yield (path, digest) of each good line of a list; paths must rise and belong there, so none comes twice."""
    before = ""
    with (wire.folder / where).open("rb") as stream:
        for number, raw in enumerate(iter(lambda: stream.readline(LINE_BYTES), b""), 1):
            match = _LINE.fullmatch(raw.decode("utf-8", "replace"))
            if match is None or match[2] <= before or not _belongs(match[2], where):
                wire.note(where, "list", f"line {number} is not a digest and a path, in order: {raw[:120]!r}")
                continue
            before = match[2]
            yield match[2], match[1]


def _belongs(path: str, where: str) -> bool:
    is_safe = all(step not in ("", ".", "..") for step in path.split("/"))
    of_a_list = where == LIST and is_list(path)
    return is_safe and not is_log_s_own(path) and (of_a_list or (list_of(path) == where and not is_list(path)))


def _mode(path: Path) -> int:
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def _check_file(wire: Wire, path: str, digest: str, counts: Counts) -> bool:
    """Check one listed file; tell whether it is there."""
    try:
        if not stat.S_ISREG(os.lstat(wire.folder / path).st_mode):
            wire.note(path, "changed", "it is not a plain file")
            return True
        found = digest_of(wire.folder / path)
    except FileNotFoundError:
        wire.note(path, "missing", "it is listed but not there")
        return False
    except OSError as error:
        wire.note(path, "missing", f"it can't be read ({error.strerror})")
        return True
    if found != digest:
        wire.note(path, "changed", "its bytes are not those of the edition")
    elif wire.log and wire.known:
        _check_claim(wire, wire.log, wire.known, path, counts)
    return True


def _check_extra(wire: Wire, there: int) -> None:
    """Note what is not on the list; names are compared only where the counts differ."""
    if sum(1 for path, _ in walk(wire.folder) if not is_log_s_own(path)) == there:
        return
    listed = {path for path, _ in _listed(_silent(wire))}
    for path, _ in walk(wire.folder):
        if not is_log_s_own(path) and path not in listed:
            wire.note(path, "extra", _UNDER_WAY if is_left_over(path) else _NOT_LISTED)


def _silent(wire: Wire) -> Wire:
    return Wire(folder=wire.folder, log=None, known=None, said=wire.said, note=lambda *_: None)


def _check_claim(wire: Wire, log: Log, known: _note.Verifier, path: str, counts: Counts) -> None:
    """Check what a file claims of the log, if it is of a kind that claims something."""
    if match := _PROOF.fullmatch(path):
        counts.proofs += 1
        if wrong := _wrong_proof(wire, log, known, path, int(match[1])):
            wire.note(path, "proof", wrong)
    elif match := _DISPATCH.fullmatch(path):
        claimed = _claimed(wire, path)
        counts.dispatches += claimed is not None
        if claimed is not None and (wrong := _wrong_dispatch(wire.said, claimed, int(match[1]))):
            wire.note(path, "dispatch", wrong)


def _wrong_proof(wire: Wire, log: Log, known: _note.Verifier, path: str, id_: int) -> str | None:
    try:
        proof = read_proof(read(wire.folder / path, path, _note.NOTE_BYTES), known)
    except (BadLog, BadNote) as error:
        return str(error)
    size = proof.checkpoint.size
    if not proof.index < size <= log.size:
        return f"it is of entry {proof.index} in a log of {size}, where the log has {log.size} entries"
    if proof.checkpoint.root != log.root(size):
        return f"its checkpoint is not of this log at {size} entries"
    if not holds(proof, log.leaf(proof.index)):
        return f"its hashes don't lead from entry {proof.index} to the root"
    about = wire.said.id_at(proof.index)
    return None if about == id_ else f"entry {proof.index} is not about dispatch {id_}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """What a dispatch's file says of the log."""

    digest: object  # as found; a string where the file is right
    log_index: object  # decimal, as a number or a string; None: not said


def _claimed(wire: Wire, path: str) -> _Claim | None:
    """Read a dispatch's ninjs file; None where it says nothing of the log.

    Ninjs has no place for foreign fields, so the digest stands among the `altIds`, by role; a file in another JSON
    may have it under `communique`.
    """
    try:
        fields = json.loads(read(wire.folder / path, path, _DISPATCH_BYTES))
    except (BadLog, ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    if isinstance(own := fields.get("communique"), dict):
        return _Claim(digest=own.get("digest"), log_index=own.get("log_index"))
    listed = fields.get("altIds")
    roles = (
        {str(one.get("role")): one.get("value") for one in listed if isinstance(one, dict)}
        if isinstance(listed, list)
        else {}
    )
    return _Claim(digest=roles["digest"], log_index=roles.get("log-index")) if "digest" in roles else None


def _wrong_dispatch(said: Said, claimed: _Claim, id_: int) -> str | None:
    newest = said.newest(id_)
    if newest is None:
        return f"the log has no entry of dispatch {id_}"
    if claimed.digest != newest:
        return "its digest is not that of its newest entry in the log"
    index = str(claimed.log_index)
    if claimed.log_index is not None and (not _INDEX.fullmatch(index) or said.id_at(int(index)) != id_):
        return f"entry {index[:30]} of the log is not about it"
    return None
