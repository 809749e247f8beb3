"""What an older version of a room made is made anew, from the evidence; nothing is fetched, nobody's word is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from communique import archive, match
from communique.flow import _notes
from communique.flow._visit import context, told
from communique.flow.amending import amended
from communique.flow.ledger import Ledger, Outdated, Renewed, Versions
from communique.flow.reading import Reader
from communique.records import Coding, Document, Trouble, versions

PRESENT = Versions(read=versions.READ, match=versions.MATCH, code=versions.CODE)
BATCH = 100


def renew(ledger: Ledger, *, reader: Reader, evidence: Path) -> int:
    """Make anew what is outdated, at most BATCH documents; yields how many. Interrupted, the rest is still outdated."""
    done = 0
    for old in ledger.outdated(PRESENT, limit=BATCH):
        made = _renewed(old, reader, evidence)
        with ledger.transaction():
            ledger.renew(old.key, made)
        done += 1
    return done


def _renewed(old: Outdated, reader: Reader, evidence: Path) -> Renewed:
    """Read again where `read` is newer, and code again. What can't be read any more stays as it was read."""
    found = _read(old, reader, evidence) if old.versions.read < PRESENT.read else old.document
    document = old.document if isinstance(found, Trouble) else found
    meant = amended(document, old.amendments)
    coding = reader.coding(told(meant), context(meant, old.source))
    return Renewed(
        document=document,
        keys=match.keys(meant),
        fingerprint=match.fingerprint(meant),
        coding=coding if isinstance(coding, Coding) else None,
        trouble=_told(found, coding),
        versions=PRESENT,
        amendments=old.amendments,
    )


def _read(old: Outdated, reader: Reader, evidence: Path) -> Document | Trouble:
    capture = archive.answer(old.evidence, folder=evidence)
    if isinstance(capture, Trouble):
        return capture
    capture = replace(capture, source_id=old.source.id)
    if (at := old.document.url) not in (capture.url, capture.final_url):  # a note: its evidence is the feed
        page = _notes.of_kept(reader.feed(capture), at, capture, feed_url=old.source.url)
        return page if isinstance(page, Trouble) else reader.document(page, old.hints)
    return reader.document(capture, old.hints)


def _told(found: Document | Trouble, coding: Coding | Trouble) -> str | None:
    troubles = [one.detail for one in (found, coding) if isinstance(one, Trouble)]
    return "; ".join(troubles) or None
