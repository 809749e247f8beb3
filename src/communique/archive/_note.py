"""Signed notes, their keys, and checkpoints, after https://c2sp.org/signed-note and https://c2sp.org/tlog-checkpoint.

Only Ed25519 (type 0x01). What is read must be in the one form in which it would be written (base64 without stray
bits, numbers without leading zeroes), so that no bit can be changed unnoticed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from communique.archive._errors import BadKey, BadNote

_ED25519 = b"\x01"
_PRIVATE = "PRIVATE+KEY+"
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]+")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_SIGNATURES = 16  # as many as the specification asks a verifier to accept; more are refused
NOTE_BYTES = 64 * 1024  # a longer note is refused: ours have some 200 bytes, and 16 post-quantum ones would not fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """Who signs a log, as outsiders know it."""

    name: str  # of the key, which is also the origin of the log: "wire.example/log"
    public: bytes  # 32 bytes (RFC 8032)

    @property
    def id(self) -> bytes:
        """Yield the four bytes that name the key in signatures."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """Yield the key as one line: name+id+base64."""
        return f"{self.name}+{self.id.hex()}+{_base64(_ED25519 + self.public)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs a log, with the secret."""

    name: str
    seed: bytes = field(repr=False)  # 32 bytes (RFC 8032)

    @property
    def verifier(self) -> Verifier:
        """Yield the public side."""
        return Verifier(name=self.name, public=self._key().public_key().public_bytes_raw())

    @property
    def secret(self) -> str:
        """Yield the key as one line, in the form of Go's sumdb notes: PRIVATE+KEY+name+id+base64."""
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{_base64(_ED25519 + self.seed)}"

    def sign(self, text: str) -> bytes:
        """Yield the note: the text and the signature line. The same text gives the same bytes."""
        signature = self.verifier.id + self._key().sign(text.encode())
        return f"{text}\n— {self.name} {_base64(signature)}\n".encode()

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What a log says of itself at one size."""

    origin: str
    size: int  # entries
    root: bytes  # 32 bytes

    @property
    def text(self) -> str:
        """Yield what is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


def new_key(origin: str) -> Signer:
    """Make a key for a log. The origin is the log's address without scheme and last slash."""
    if not _NAME.fullmatch(origin):
        raise BadKey(repr(origin), "a log's origin is an address without spaces and plus signs, as `wire.example/log`")
    return Signer(name=origin, seed=secrets.token_bytes(32))


def signer(secret: str) -> Signer:
    """Read a secret key from its one line."""
    if not secret.startswith(_PRIVATE):
        raise BadKey("the secret key", f"it does not begin with {_PRIVATE}")
    name, seed = _parts(secret.removeprefix(_PRIVATE), "the secret key")
    found = Signer(name=name, seed=seed)
    if found.secret != secret:
        raise BadKey("the secret key", "its id does not fit its bytes")
    return found


def verifier(vkey: str) -> Verifier:
    """Read a verifier key from its one line."""
    name, public = _parts(vkey, "the verifier key")
    found = Verifier(name=name, public=public)
    if found.vkey != vkey:
        raise BadKey("the verifier key", f"the id in {vkey!r} does not fit its bytes")
    return found


def verifier_line(content: bytes) -> Verifier:
    """Read a verifier key from a file that holds nothing else."""
    line = content.decode("utf-8", "replace")
    if not line.endswith("\n"):
        raise BadKey("the verifier key", "its line has no end")
    return verifier(line.removesuffix("\n"))


def opened(note: bytes, known: Verifier) -> str:
    """Yield the text of a note that the known key has signed; raise `BadNote` for any other."""
    text, signatures = _split(note)
    for line in signatures:
        match = _SIGNATURE.fullmatch(line)
        if match is None:
            raise BadNote("signature line", repr(line[:80]), advice="it must be: dash, name, base64")
        signature = unbase64(match[2])
        if signature is None:
            raise BadNote("signature line", "its base64 is not in the usual form")
        if (match[1], signature[:4]) == (known.name, known.id):
            _check(text, signature[4:], known)
            return text
    raise BadNote("signatures", f"none is by {known.name} with key id {known.id.hex()}")


def checkpoint(note: bytes, known: Verifier) -> Checkpoint:
    """Read a checkpoint that the known key has signed."""
    text = opened(note, known)
    lines = text.split("\n")
    number = lines[1] if len(lines) == 4 else ""
    root = unbase64(lines[2]) if len(lines) == 4 else None
    if root is None or len(root) != 32 or not re.fullmatch(r"0|[1-9][0-9]{0,18}", number, re.ASCII):
        raise BadNote("checkpoint", "it is not three lines: origin, size, root")
    found = Checkpoint(origin=lines[0], size=int(number), root=root)
    if found.origin != known.name:
        raise BadNote("checkpoint", f"its origin is {found.origin!r}, where the key is {known.name!r}")
    return found


def _check(text: str, signature: bytes, known: Verifier) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(known.public).verify(signature, text.encode())
    except (InvalidSignature, ValueError) as error:
        raise BadNote("signature", f"the one by {known.name} does not fit the text") from error


def _split(note: bytes) -> tuple[str, list[str]]:
    if len(note) > NOTE_BYTES:
        raise BadNote("note", f"longer than {NOTE_BYTES} bytes")
    try:
        whole = note.decode()
    except UnicodeDecodeError as error:
        raise BadNote("note", "not UTF-8") from error
    text, blank, signatures = whole.rpartition("\n\n")
    if not blank or not signatures.endswith("\n") or _CONTROL.search(whole):
        raise BadNote("note", "it is not a text, a blank line and signatures")
    lines = signatures.removesuffix("\n").split("\n")
    if len(lines) > _SIGNATURES:
        raise BadNote("note", f"more than {_SIGNATURES} signatures")
    return text + "\n", lines


def _parts(line: str, what: str) -> tuple[str, bytes]:
    """Yield name and the 32 bytes of a key's line; the id is checked by writing the line again."""
    name, _, rest = line.partition("+")
    content = unbase64(rest.partition("+")[2])
    if not _NAME.fullmatch(name) or content is None or len(content) != 33 or content[:1] != _ED25519:
        raise BadKey(what, "it is not `name+id+base64` of an Ed25519 key")
    return name, content[1:]


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def unbase64(text: str) -> bytes | None:
    """Yield the bytes; None unless writing them again gives the same text."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if _base64(content) == text else None
