"""A mail becomes parts: the text that its sender wrote, without signatures, quotations and unsubscribe lines."""

from __future__ import annotations

import re
from datetime import date
from email import errors, policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from itertools import takewhile

from communique.kit.text import collapsed
from communique.read._dateforms import stamp
from communique.read._encoding import decoded
from communique.read._mail_forwarded import Forwarded, forwarded
from communique.read._page import page
from communique.read._parts import Parts, is_dateline, unwrapped
from communique.read._plain import in_text
from communique.read._witnesses import Witness
from communique.read._words import MAIL_ENDS, REPLY
from communique.records import Trouble

PARTS = 200  # of one mail; more is made to be slow
_QUOTED = re.compile(r"^>.*$", re.M)


def mail(body: bytes, *, url: str, latest: date) -> Parts | Trouble:
    """Read a message (RFC 5322, MIME): its plain part where that is a whole text, else its HTML part."""
    try:
        message = BytesParser(policy=policy.default.clone(max_line_length=None)).parsebytes(body)
        texts = _texts(message)
        subject, sender = _header(message, "subject"), _header(message, "from")
    except (
        errors.MessageError,
        ValueError,
        LookupError,
        RecursionError,
        IndexError,
        AttributeError,
        TypeError,
    ) as error:
        # The standard parser raises all of these on headers that no mail program wrote.
        detail = (
            f"{url or 'the mail'} is not a message that can be read ({type(error).__name__}); save it again as .eml"
        )
        return Trouble(room="read", kind="not-mail", detail=detail, passing=False)
    name, address = parseaddr(sender)
    if (inner := forwarded(texts.get("text/plain", ""), subject=subject)) is not None:
        return _forwarded(inner, subject)
    found = _written(texts, url, latest)
    if (inner := forwarded("\n\n".join(found.paragraphs), subject=subject)) is not None:  # the mail is HTML alone
        return _forwarded(inner, subject)
    return Parts(
        paragraphs=tuple(one for one in found.paragraphs if not is_dateline(one)),
        title=REPLY.sub("", subject).strip() or found.title,
        publisher=collapsed(name) or (address.rpartition("@")[2] or None),
        dateline=found.dateline or next((one for one in found.paragraphs[:3] if is_dateline(one)), None),
        links=found.links,
        witnesses=(*_sent(message), *in_text(found.paragraphs)),
    )


def _forwarded(inner: Forwarded, subject: str) -> Parts:
    """Yield what was forwarded as its sender wrote it: its day is that of the first sending."""
    paragraphs = unwrapped(_without_tail(inner.text))
    sent = (Witness(at=inner.at, evidence="mail", weight=0.95),) if inner.at else ()
    return Parts(
        paragraphs=tuple(one for one in paragraphs if not is_dateline(one)),
        title=REPLY.sub("", inner.subject or subject).strip() or None,
        publisher=inner.sender,
        dateline=next((one for one in paragraphs[:3] if is_dateline(one)), None),
        witnesses=(*sent, *in_text(paragraphs)),
    )


def _header(message: EmailMessage, name: str) -> str:
    return collapsed(str(message.get(name) or ""))


def _texts(message: EmailMessage) -> dict[str, str]:
    """Yield the first plain and the first HTML part, decoded; attached files are passed over."""
    texts: dict[str, str] = {}
    for number, part in enumerate(message.walk()):
        kind = part.get_content_type()
        if number >= PARTS or kind not in ("text/plain", "text/html") or part.get_filename():
            continue
        raw = part.get_payload(decode=True)
        if isinstance(raw, bytes) and raw.strip():
            texts.setdefault(kind, decoded(raw, part.get_content_charset()))
    return texts


def _written(texts: dict[str, str], url: str, latest: date) -> Parts:
    """Yield the text of a mail: from HTML where there is more of it than in the plain part."""
    plain = unwrapped(_without_tail(texts.get("text/plain", "")))
    shown = page(texts["text/html"], url=url, latest=latest) if "text/html" in texts else None
    if isinstance(shown, Parts) and len("".join(shown.paragraphs)) > 1.5 * len("".join(plain)):
        written = tuple(takewhile(lambda one: not MAIL_ENDS.match(one), shown.paragraphs))
        return Parts(paragraphs=written, title=shown.title, dateline=shown.dateline, links=shown.links)
    return Parts(paragraphs=plain)


def _without_tail(text: str) -> str:
    own = _QUOTED.sub("", text)
    end = MAIL_ENDS.search(own)
    # Some newsletters say how to leave first: what follows is then the text.
    return own[: end.start()] if end and end.start() > len(own) * 0.3 else own


def _sent(message: EmailMessage) -> tuple[Witness, ...]:
    at = stamp(_header(message, "date"))
    return (Witness(at=at, evidence="mail", weight=0.95),) if at else ()
