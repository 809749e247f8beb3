"""Statements that come by mail, written into a Maildir."""

from __future__ import annotations

import email.policy
from collections.abc import Iterable
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

from communique.demo import _markup
from communique.demo._publication import Publication, host

# What mail programs of the language still send; others send UTF-8.
_CHARSETS = {"ja": ("iso-2022-jp", "7bit")}


def write(folder: Path, told: Iterable[Publication]) -> None:
    """Write a Maildir; what lies there already is left alone, as a mail server does."""
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for one in told:
        name = f"{int(one.at.timestamp())}.{one.piece.slug}.{host(one.script)}"
        if not any((folder / part / name).exists() for part in ("cur", "new")):
            (folder / "tmp" / name).write_bytes(message(one))
            (folder / "tmp" / name).rename(folder / "new" / name)


def message(one: Publication) -> bytes:
    """Yield a statement as a mail (RFC 5322)."""
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["From"] = Address(one.script.name, "press", host(one.script))
    mail["To"] = Address("Press list", "press-list", host(one.script))
    mail["Subject"] = one.title
    mail["Date"] = one.at
    mail["Message-ID"] = f"<{one.piece.slug}@{host(one.script)}>"
    mail["List-Id"] = f"<press-list.{host(one.script)}>"
    charset, coding = _CHARSETS.get(one.piece.language, ("utf-8", "quoted-printable"))
    mail.set_content(_markup.plain(one.text) + "\n", charset=charset, cte=coding)
    return mail.as_bytes()
