"""Who published a document: the body whose source it came from; in a mailbox or folder that many share, its sender."""

from __future__ import annotations

from communique import registry
from communique.flow import LOCAL
from communique.records import Document
from communique.web.ledger import models


def said(source: models.Source, publisher: str | None) -> str | None:
    """Yield the body that a document of a source is by, as an actor id or a name; None: only the source is known."""
    return source.publisher or (publisher if source.kind in LOCAL else None)


def of(row: models.Document, document: Document, known: registry.Registry) -> str:
    """Yield an actor id where the registry knows who published it, else a name."""
    name = said(row.source, document.publisher)
    actor = known.resolve(name) if name else None
    return actor.id if actor else name or row.source.name
