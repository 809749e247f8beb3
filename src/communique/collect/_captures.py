"""One visit to a source, whatever kind it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from communique.collect import _files, _folder, _imap, _mail
from communique.collect._capture import NEVER_VISITED, capture
from communique.collect._client import Client
from communique.records import Capture, Source, Trouble, Validators

# A kind of source that lies on this machine -> how its folder or file is read. All others are one address of the web,
# or a folder on a mail server.
_LOCAL = {"mail": _mail.captures, "folder": _folder.captures}


def captures(
    source: Source,
    *,
    client: Client,
    is_known: Callable[[str], bool],
    validators: Validators = NEVER_VISITED,
) -> Iterator[Capture | Trouble]:
    """Visit a source once and yield what is there, in a stable order, each as soon as it is read.

    `feed`, `listing`, `page`: the one answer of the source's address; `validators` make an unchanged one cost nothing.
    `mail`: each message of a Maildir, an mbox file or an IMAP folder that `is_known` does not know by its Capture.url
    ("mid:…" or "urn:sha256:…") or its digest; of an IMAP folder `validators` remember how far was read.
    `folder`: each file that `is_known` does not know by its Capture.digest, so that a changed file comes again.
    """
    if source.kind == "mail" and source.url.startswith("imaps:"):
        yield from _imap.captures(source, client=client, is_known=is_known, validators=validators)
        return
    local = _LOCAL.get(source.kind)
    if local is None:
        yield capture(source.url, client=client, source_id=source.id, validators=validators)
        return
    place = _files.place(source.url)
    if isinstance(place, Trouble):
        yield place
        return
    yield from local(source, place, client=client, is_known=is_known)
