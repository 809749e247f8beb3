"""Mail as a source: a folder on an IMAP server (RFC 3501), over TLS, read and never changed.

The folder is opened with EXAMINE and messages are taken with BODY.PEEK, so nothing is marked, moved or deleted there.
What was seen is remembered as UIDVALIDITY and UID, in the place where a web server's ETag is remembered. The server is
asked as a web server is: its name is resolved once, each address is judged, its certificate must be in order.
"""

from __future__ import annotations

import base64
import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, unquote, urlsplit

from communique.collect import _mail
from communique.collect._client import Client
from communique.collect._local import capture_of
from communique.collect._settings import MIB, Mailbox, Settings
from communique.collect._trouble import Exceeded, shown, trouble
from communique.kit.digest import sha256
from communique.records import Capture, Source, Trouble, Validators

PORT = 993
MESSAGES = 200  # taken at one visit; of a folder that is seen for the first time the newest, later the oldest first
_LINE_BYTES = MIB  # as imaplib itself has it
_SEEN = re.compile(r'"(\d{1,20})\.(\d{1,20})"')
_UID = re.compile(rb"\bUID (\d{1,20})")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,20})")
_ID = re.compile(rb"^message-id:\s*(.*?)\s*$", re.I | re.M | re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a folder is, and who may look into it."""

    host: str
    port: int
    folder: str
    account: Mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A message as the server lists it."""

    uid: int
    size_bytes: int
    url: str | None  # `mid:…`; None: it has no Message-ID


def captures(
    source: Source, *, client: Client, is_known: Callable[[str], bool], validators: Validators
) -> Iterator[Capture | Trouble]:
    """Yield one Capture for each message that came since the last visit; what went wrong is the last."""
    place = of_url(source.url, client.settings)
    if isinstance(place, Trouble):
        yield place
        return
    found = client.addresses(place.host)
    if isinstance(found, Trouble):
        yield found
        return
    try:
        with _open(place, found, client) as box:
            yield from _new(box, source, client, is_known, validators)
    except Exceeded as error:
        yield replace(error.trouble, detail=f"{shown(place.host)} {error.trouble.detail}")
    except (imaplib.IMAP4.error, OSError) as error:
        yield _failure(error, place, client.settings)


def of_url(url: str, settings: Settings) -> Place | Trouble:
    """Read `imaps://host/Folder` (or `…?account=name`), and find the account for it in the settings."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port or PORT
    except ValueError:
        host, port = "", PORT
    if not host or parts.scheme != "imaps":
        detail = f"{shown(url)} is not the address of a mail folder, like imaps://host/INBOX"
        return trouble("bad-address", detail, passing=False)
    if "@" in parts.netloc:
        detail = f"the address on {shown(host)} carries a user name or password; give them in keys/mail.toml"
        return trouble("credentials", detail, passing=False)
    if port != PORT and settings.ports and port not in settings.ports:
        return trouble("port", f"{shown(url)} asks for port {port}; only {PORT} may be (collect.ports)", passing=False)
    wished = next(iter(parse_qs(parts.query).get("account", [])), None)
    fitting = [one for one in settings.mailboxes if one.host == host and wished in (None, one.name)]
    if len(fitting) != 1:
        what = "no account" if not fitting else f"{len(fitting)} accounts"
        detail = f"keys/mail.toml names {what} for {shown(host)}; name one, or choose by ?account=NAME in the address"
        return trouble("no-account", detail, passing=False)
    return Place(host=host, port=port, folder=unquote(parts.path.strip("/")) or "INBOX", account=fitting[0])


class _Box(imaplib.IMAP4_SSL):
    """A connection to a judged address, each of its commands held to the time and size of the settings."""

    def __init__(self, place: Place, addresses: tuple[str, ...], client: Client) -> None:
        self._addresses = addresses
        self._client = client
        self._left_bytes, self._until = 0, 0.0
        self.begin()
        super().__init__(place.host, place.port, ssl_context=client.tls())

    def begin(self) -> None:
        """Give the next command its time and its bytes."""
        settings = self._client.settings
        self._until = self._client.clock.tick() + settings.total_s
        self._left_bytes = settings.body_bytes + 4 * _LINE_BYTES

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        settings = self._client.settings
        plain = socket.create_connection((self._addresses[0], self.port), settings.connect_s)
        try:
            plain.settimeout(settings.silence_s)
            return self._client.tls().wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise

    def _part(self, limit: int) -> bytes:
        """Yield what has come, at most `limit` bytes of it, without taking it yet."""
        settings = self._client.settings
        if self._client.clock.tick() > self._until:
            raise Exceeded("too-slow", f"took longer than {settings.total_s:g} s (collect.total_s)", passing=True)
        part = bytes(self.file.peek(1)[:limit])  # type: ignore[attr-defined] # a buffered reader, says imaplib
        if not part:
            raise self.abort("the connection ended")
        self._left_bytes -= len(part)
        if self._left_bytes < 0:
            detail = f"sent more than {settings.body_bytes} bytes (collect.body_bytes)"
            raise Exceeded("too-large", detail, passing=True)
        return part

    def read(self, size: int) -> bytes:
        """Read a literal."""
        if size > self._left_bytes:
            limit = self._client.settings.body_bytes
            raise Exceeded("too-large", f"announces {size} bytes, more than {limit} (collect.body_bytes)", passing=True)
        kept = bytearray()
        while len(kept) < size:
            kept += self.file.read(len(self._part(size - len(kept))))
        return bytes(kept)

    def readline(self) -> bytes:
        """Read a line."""
        kept = bytearray()
        while not kept.endswith(b"\n"):
            part = self._part(_LINE_BYTES)
            kept += self.file.read(part.find(b"\n") + 1 or len(part))
            if len(kept) > _LINE_BYTES:
                raise Exceeded("too-large", f"sent a line of more than {_LINE_BYTES} bytes", passing=True)
        return bytes(kept)

    def end(self) -> None:
        """Break off, from any thread."""
        with suppress(OSError, AttributeError):
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


@contextmanager
def _open(place: Place, addresses: tuple[str, ...], client: Client) -> Iterator[_Box]:
    box = _Box(place, addresses, client)
    try:
        with client.ending(box.end):
            box.begin()
            box.login(place.account.user, place.account.password)
            box.begin()
            answer, said = box.select(_quoted(place.folder), readonly=True)
            if answer != "OK":
                raise box.error(f"no folder {place.folder}: {_text(said)}")
            yield box
            with suppress(imaplib.IMAP4.error, OSError, Exceeded):  # all is done; how the goodbye goes does not matter
                box.begin()
                box.logout()
    finally:
        with suppress(OSError, AttributeError):
            box.shutdown()


def _quoted(folder: str) -> str:
    """Write a folder's name in IMAP's own UTF-7 (RFC 3501, section 5.1.3), quoted."""

    def shifted(found: re.Match[str]) -> str:
        written = base64.b64encode(found[0].encode("utf-16-be")).decode("ascii").rstrip("=").replace("/", ",")
        return f"&{written}-"

    plain = re.sub(r"[^\x20-\x7e]+", shifted, folder.replace("&", "&-"))
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _new(
    box: _Box, source: Source, client: Client, is_known: Callable[[str], bool], validators: Validators
) -> Iterator[Capture | Trouble]:
    validity = next((int(one) for one in box.response("UIDVALIDITY")[1] if one), 0)
    seen = _SEEN.fullmatch(validators.etag or "")
    last = int(seen[2]) if seen and int(seen[1]) == validity else None
    for listed in _listed(box, _uids(box, last)):
        if listed.url is not None and is_known(listed.url):
            continue
        if listed.size_bytes > client.settings.body_bytes:
            detail = f"message {listed.uid} has {listed.size_bytes} bytes, more than collect.body_bytes; it stays there"
            yield trouble("too-large", detail, passing=False)
            continue
        message = _message(box, listed.uid)
        if message is not None and not is_known(_mail.address(message)) and not is_known(sha256(message)):
            made = capture_of(
                message, _mail.address(message), "message/rfc822", source_id=source.id, now=client.clock.now()
            )
            yield replace(made, headers=(("ETag", f'"{validity}.{listed.uid}"'),))


def _uids(box: _Box, last: int | None) -> list[int]:
    box.begin()
    _, said = box.uid("SEARCH", f"UID {(last or 0) + 1}:*")
    found = sorted(int(one) for line in said if line for one in line.split() if one.isdigit())
    if last is None:
        return found[-MESSAGES:]
    return [uid for uid in found if uid > last][:MESSAGES]  # `*` is the last message, whatever stands before it


def _listed(box: _Box, uids: list[int]) -> list[Listed]:
    if not uids:
        return []
    box.begin()
    numbers = ",".join(map(str, uids))
    _, said = box.uid("FETCH", numbers, "(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
    found = [made for one in said if isinstance(one, tuple) and (made := _of_answer(one)) is not None]
    return sorted((one for one in found if one.uid in uids), key=lambda one: one.uid)


def _of_answer(said: tuple[bytes, bytes]) -> Listed | None:
    uid, size, name = _UID.search(said[0]), _SIZE.search(said[0]), _ID.search(said[1])
    if uid is None:
        return None
    head = b"Message-ID: " + name[1] + b"\r\n\r\n" if name and name[1] else None
    address = _mail.address(head) if head else None
    return Listed(
        uid=int(uid[1]),
        size_bytes=int(size[1]) if size else 0,
        url=address if address and address.startswith("mid:") else None,
    )


def _message(box: _Box, uid: int) -> bytes | None:
    """Yield a message's bytes; None: it was taken away meanwhile."""
    box.begin()
    _, said = box.uid("FETCH", str(uid), "(UID BODY.PEEK[])")
    return next((bytes(one[1]) for one in said if isinstance(one, tuple) and one[1]), None)


def _failure(error: Exception, place: Place, settings: Settings) -> Trouble:
    where = shown(place.host)
    if isinstance(error, ssl.SSLError):
        why = shown(getattr(error, "verify_message", "") or error.reason or str(error))
        return trouble("bad-tls", f"{where} can't prove who it is ({why}); no mail is read from it", passing=True)
    if isinstance(error, TimeoutError):
        return trouble("timeout", f"{where} was silent for {settings.silence_s:g} s (collect.silence_s)", passing=True)
    if isinstance(error, imaplib.IMAP4.abort | OSError):
        return trouble("no-connection", f"{where} broke off or takes no connection ({shown(str(error))})", passing=True)
    detail = f"{where} refuses the account or the folder ({shown(str(error))}); look into keys/mail.toml"
    return trouble("refused", detail, passing=False)


def _text(said: Iterable[object]) -> str:
    return " ".join(one.decode("utf-8", "replace") for one in said if isinstance(one, bytes))
