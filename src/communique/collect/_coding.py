"""Content codings, undone in small steps, so that a bomb is noticed before it is large (RFC 9110, section 8.4)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import brotli
import zstandard

ACCEPTED = "gzip, deflate, br, zstd"
_PIECE = 16 * 1024  # of input at a time
_STEP = 64 * 1024  # of output at a time
# A zstd block of 4 bytes may stand for 128 KiB, and the library has no limit for one step: 256 bytes give 8 MiB.
_ZSTD_PIECE = 256
_ZSTD_WINDOW = 8 * 1024 * 1024  # what RFC 9659 lets a server use
_MEMBERS = 1000  # gzip members or zstd frames in one body
_LAYERS = 2  # codings on top of each other


class BadCoding(Exception):  # noqa: N818 - the house names a fault by what is wrong
    """A body is not what its Content-Encoding says."""


class CutShort(BadCoding):
    """A body ended before its coding said so."""


def codings(header: str) -> tuple[str, ...]:
    """Yield the codings of a Content-Encoding header, outermost (last applied) first, without `identity`."""
    named = tuple(name for part in header.split(",") if (name := part.strip().lower()) not in ("", "identity"))
    if len(named) > _LAYERS:
        raise BadCoding(f"{len(named)} codings on top of each other, more than {_LAYERS}")
    for name in named:
        if name.removeprefix("x-") not in _DECODERS:
            raise BadCoding(f"the coding {name[:40]!r}, which was not asked for")
    return tuple(name.removeprefix("x-") for name in reversed(named))


def decoded(raw: bytes, coding: str) -> Iterator[bytes]:
    """Yield the decoded body in parts of bounded size; the caller counts and stops."""
    try:
        yield from _DECODERS[coding](raw)
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise BadCoding(f"it is not {coding} as its header says ({error})") from error


def _pieces(raw: bytes, size: int = _PIECE) -> Iterator[bytes]:
    return (raw[start : start + size] for start in range(0, len(raw), size))


def _gzip(raw: bytes) -> Iterator[bytes]:
    return _inflated(raw, lambda: zlib.decompressobj(31), magic=b"\x1f")


def _deflate(raw: bytes) -> Iterator[bytes]:
    """Undo `deflate`, which some servers send without the zlib frame that RFC 9110 asks for."""
    is_framed = len(raw) >= 2 and raw[0] & 0x0F == 8 and (raw[0] << 8 | raw[1]) % 31 == 0
    return _inflated(raw, lambda: zlib.decompressobj(15 if is_framed else -15), magic=None)


def _inflated(raw: bytes, fresh: Callable[[], zlib._Decompress], magic: bytes | None) -> Iterator[bytes]:
    machine, members = fresh(), 1
    for piece in _pieces(raw):
        while piece:
            if machine.eof:
                if magic is None or not piece.startswith(magic):
                    return  # padding after the end: browsers pass it over, and so do we
                machine, members = fresh(), _counted(members)
            yield machine.decompress(piece, _STEP)
            piece = machine.unused_data if machine.eof else machine.unconsumed_tail
    while not machine.eof:
        part = machine.decompress(b"", _STEP)
        if not part:
            raise CutShort("it ends in the middle")
        yield part


def _counted(members: int) -> int:
    if members >= _MEMBERS:
        raise BadCoding(f"more than {_MEMBERS} compressed parts")
    return members + 1


def _brotli(raw: bytes) -> Iterator[bytes]:
    machine = brotli.Decompressor()
    for piece in _pieces(raw):
        part = machine.process(piece, output_buffer_limit=_STEP)
        while part:  # more may wait inside; `can_accept_more_data` does not tell
            yield part
            part = b"" if machine.is_finished() else machine.process(b"", output_buffer_limit=_STEP)
    if not machine.is_finished():
        raise CutShort("it ends in the middle")


def _zstd(raw: bytes) -> Iterator[bytes]:
    engine = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    machine, members = engine.decompressobj(), 1
    for piece in _pieces(raw, _ZSTD_PIECE):
        while piece:
            if machine.eof:
                machine, members = engine.decompressobj(), _counted(members)
            yield machine.decompress(piece)
            piece = machine.unused_data if machine.eof else b""
    if not machine.eof:
        raise CutShort("it ends in the middle")


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
