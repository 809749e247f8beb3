"""One address of the web becomes a Capture."""

from __future__ import annotations

from email.message import Message

from communique.collect._answer import Answer
from communique.collect._client import Client
from communique.collect._trouble import shown, trouble
from communique.kit.digest import sha256
from communique.records import Capture, Trouble, Validators

NEVER_VISITED = Validators()
_VALIDATOR_LENGTH = 1024  # characters; longer ones are not worth keeping and sending


def capture(
    url: str, *, client: Client, source_id: str = "", validators: Validators = NEVER_VISITED
) -> Capture | Trouble:
    """Ask for one address, once, and yield what it answers.

    Every answer is a Capture, because every answer is evidence: 200, 304 (with an empty body), 404, 410, 500 alike.
    A Trouble is: no answer (`no-such-host`, `no-connection`, `timeout`, `too-slow`, `bad-tls`, `broken-answer`,
    `bad-coding`, `too-large`), an answer that asks to come later (`asked-to-wait`), or an address that is not asked
    (`bad-address`, `scheme`, `port`, `credentials`, `private-address`, `robots`, `robots-unreachable`, `redirects`,
    `not-yet`).
    """
    conditions = _conditions(validators)
    answer = client.answer(url, conditions)
    if isinstance(answer, Trouble):
        return answer
    if answer.status == 304 and not conditions:
        detail = f"{shown(answer.url)} says that it has not changed, to somebody who never saw it; tell its owner"
        return trouble("broken-answer", detail, passing=True)
    return _captured(url, answer, source_id)


def validators(found: Capture) -> Validators:
    """Yield what to send at the next visit, so that an unchanged answer costs nothing."""
    by_name = {name.lower(): value for name, value in found.headers}
    return Validators(etag=_usable(by_name.get("etag")), last_modified=_usable(by_name.get("last-modified")))


def _conditions(known: Validators) -> tuple[tuple[str, str], ...]:
    wished = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    return tuple((name, usable) for name, value in wished if (usable := _usable(value)))


def _usable(value: str | None) -> str | None:
    """Yield a validator that can stand in a header as it is; None otherwise."""
    clean = (value or "").strip()
    return clean if clean and len(clean) <= _VALIDATOR_LENGTH and clean.isascii() and clean.isprintable() else None


def _captured(url: str, answer: Answer, source_id: str) -> Capture:
    media_type, charset = content_type(answer.header("content-type"))
    return Capture(
        source_id=source_id,
        url=url,
        final_url=answer.url if answer.redirects else url,
        fetched_at=answer.began_at,
        status=answer.status,
        media_type=media_type,
        charset=charset,
        request_headers=answer.request_headers,
        headers=answer.headers,
        body=answer.body,
        digest=sha256(answer.body),
        address=answer.address,
        redirects=answer.redirects,
        moved=answer.moved,
    )


def content_type(header: str | None) -> tuple[str | None, str | None]:
    """Read a Content-Type header: ("text/html", "utf-8"), lower case; None for what it does not say."""
    name = (header or "").partition(";")[0].strip().lower()
    if not header or name.count("/") != 1:
        return None, None
    message = Message()
    message["content-type"] = header
    return name, message.get_content_charset()
