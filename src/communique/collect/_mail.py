"""Mail as a source: a Maildir folder, or an mbox file (RFC 4155), read and never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import IO
from urllib.parse import quote

from communique.collect import _files
from communique.collect._client import Client
from communique.collect._local import capture_of
from communique.collect._settings import KIB
from communique.collect._trouble import shown, trouble
from communique.kit.digest import sha256
from communique.records import Capture, Source, Trouble

_HEAD_BYTES = 256 * KIB  # where a Message-ID is looked for
_LINE_BYTES = 64 * KIB  # an mbox line is read in parts of this size
_ID_LENGTH = 900  # RFC 5322 lines end at 998


def captures(
    source: Source, place: Path, *, client: Client, is_known: Callable[[str], bool]
) -> Iterator[Capture | Trouble]:
    """Yield one Capture for each message that is known neither by its address (`mid:…`) nor by its digest.

    The digest knows the messages that were captured and could not be read, so that they are told once.
    """
    for message in _messages(place, client.settings.body_bytes, client.settings.files):
        if isinstance(message, Trouble):
            yield message
            continue
        url = address(message)
        if not is_known(url) and not is_known(sha256(message)):
            yield capture_of(message, url, "message/rfc822", source_id=source.id, now=client.clock.now())


def address(message: bytes) -> str:
    """Yield a message's address: `mid:` and Message-ID (RFC 2392), or, without one, `urn:sha256:` and digest."""
    head = BytesHeaderParser().parsebytes(message[:_HEAD_BYTES])
    found = str(head.get("Message-ID", "")).strip().strip("<>").strip()
    if not found or len(found) > _ID_LENGTH or not found.isprintable() or " " in found:
        return "urn:" + sha256(message)
    return "mid:" + quote(found, safe="@!$*+-._~=")


def _messages(place: Path, limit: int, files: int) -> Iterator[bytes | Trouble]:
    if place.is_dir():
        yield from _maildir(place, limit, files)
        return
    stream = _files.opened(place)
    if isinstance(stream, Trouble):
        yield stream
        return
    with stream:
        yield from _mbox(stream, place.name, limit)


def _maildir(place: Path, limit: int, files: int) -> Iterator[bytes | Trouble]:
    folders = [place / name for name in ("cur", "new") if (place / name).is_dir() and not (place / name).is_symlink()]
    if not folders:
        detail = f"{shown(place.name)} has no folders `cur` and `new`, so it is no Maildir; give one, or an mbox file"
        yield trouble("not-a-mailbox", detail, passing=False)
    for folder in folders:
        for path in _files.names(folder, files):
            yield path if isinstance(path, Trouble) else _files.content(path, limit)


def _mbox(stream: IO[bytes], name: str, limit: int) -> Iterator[bytes | Trouble]:
    """Part an mbox file at its "From " lines, one message in memory at a time.

    A quoted line ">From " loses its mark, as the writer of the file put it there.
    """
    is_start, after_blank, kept = True, True, None
    while line := stream.readline(_LINE_BYTES):
        if is_start and after_blank and line.startswith(b"From "):
            if kept is not None:
                yield _whole(kept, name, limit)
            kept, after_blank = bytearray(), False
        elif kept is None:
            yield trouble("not-a-mailbox", f"{shown(name)} does not begin like an mbox file (`From `)", passing=False)
            return
        else:
            if len(kept) <= limit:
                kept += (
                    line[1:] if is_start and line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line
                )
            after_blank = is_start and line in (b"\n", b"\r\n")
        is_start = line.endswith(b"\n")
    if kept is not None:
        yield _whole(kept, name, limit)


def _whole(kept: bytearray, name: str, limit: int) -> bytes | Trouble:
    if len(kept) > limit:
        detail = f"a message in {shown(name)} has more than {limit} bytes (collect.body_bytes); it is passed over"
        return trouble("too-large", detail, passing=False)
    # The blank line before the next "From " is the file's, not the message's: with it, the last message of a file
    # would be another one as soon as a mail comes after it.
    return bytes(kept).removesuffix(b"\r\n" if kept.endswith(b"\r\n\r\n") else b"\n" if kept.endswith(b"\n\n") else b"")
