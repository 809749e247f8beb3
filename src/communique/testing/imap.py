"""A mail server on loopback, over TLS: as much of IMAP (RFC 3501) as a reader of one folder needs.

It notes every command, so that a test can say what was never asked, and misbehaves on order.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

_UID_SET = re.compile(r"\d+")
_MESSAGE_ID = re.compile(rb"^message-id:[^\r\n]*\r?\n", re.I | re.M)
_PATIENCE_S = 5.0


class MailServer:
    """A folder of messages by UID. `odd` may answer a command itself: it is given the line and the socket."""

    def __init__(self, tls: ssl.SSLContext, *, user: str = "desk", password: str = "secret") -> None:  # noqa: S107
        self.messages: dict[int, bytes] = {}
        self.uid_validity = 1
        self.folder = "INBOX"
        self.odd: Callable[[str, socket.socket], bool] = lambda _line, _socket: False
        self.asked: list[str] = []  # commands as they came, without tags and passwords
        self._user, self._password = user, password
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        """Yield where it listens."""
        return int(self._listener.getsockname()[1])

    def __enter__(self) -> MailServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(_PATIENCE_S)

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return  # the server ends
            plain.settimeout(_PATIENCE_S)
            with suppress(OSError), self._tls.wrap_socket(plain, server_side=True) as line:
                self._converse(line)

    def _converse(self, line: ssl.SSLSocket) -> None:
        line.sendall(b"* OK ready\r\n")
        with line.makefile("rb") as commands:
            for command in commands:
                tag, _, said = command.decode("utf-8", "replace").strip().partition(" ")
                self.asked.append("LOGIN" if said.upper().startswith("LOGIN") else said)
                if self.odd(said, line):
                    return
                line.sendall(self._answer(tag, said))
                if said.upper() == "LOGOUT":
                    return

    def _answer(self, tag: str, said: str) -> bytes:
        words = said.split()
        name = " ".join(words[:2]).upper() if words[0].upper() == "UID" else words[0].upper()
        answers: dict[str, Callable[[list[str]], bytes | None]] = {
            "CAPABILITY": self._capability, "LOGIN": self._login, "EXAMINE": self._examine, "UID SEARCH": self._search,
            "UID FETCH": self._fetch, "LOGOUT": lambda _words: b"* BYE goodbye\r\n",
        }  # fmt: skip
        made = answers[name](words) if name in answers else None
        if made is None:
            return f"{tag} NO that is not possible here\r\n".encode()
        return made + f"{tag} OK done\r\n".encode()

    def _capability(self, _words: list[str]) -> bytes:
        return b"* CAPABILITY IMAP4rev1\r\n"

    def _login(self, words: list[str]) -> bytes | None:
        given = [word.strip('"') for word in words[1:3]]
        return b"" if given == [self._user, self._password] else None

    def _examine(self, words: list[str]) -> bytes | None:
        if " ".join(words[1:]).strip('"') != self.folder:
            return None
        return f"* {len(self.messages)} EXISTS\r\n* OK [UIDVALIDITY {self.uid_validity}] ok\r\n".encode()

    def _search(self, words: list[str]) -> bytes:
        first = int(_UID_SET.findall(words[-1])[0])
        last = max(self.messages, default=0)
        found = [uid for uid in sorted(self.messages) if uid >= first or uid == last]
        return f"* SEARCH {' '.join(map(str, found))}\r\n".encode()

    def _fetch(self, words: list[str]) -> bytes:
        wished = [int(one) for one in _UID_SET.findall(words[2])]
        return b"".join(
            self._fetched(number, uid, is_head="HEADER.FIELDS" in " ".join(words[3:]))
            for number, uid in enumerate(sorted(self.messages), 1)
            if uid in wished
        )

    def _fetched(self, number: int, uid: int, *, is_head: bool) -> bytes:
        message = self.messages[uid]
        found = _MESSAGE_ID.search(message)
        part = (found[0] if found else b"") + b"\r\n" if is_head else message
        name = "BODY[HEADER.FIELDS (MESSAGE-ID)]" if is_head else "BODY[]"
        head = f"* {number} FETCH (UID {uid} RFC822.SIZE {len(message)} {name} {{{len(part)}}}\r\n"
        return head.encode() + part + b")\r\n"
