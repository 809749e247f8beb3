"""What a newsroom made of the demo's world, read from its ledger, in the form that the answer key is held against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique import demo, flow
from communique.web.ledger import models, recorded


def outcome() -> demo.Outcome:
    """Yield all that the ledger says of the world."""
    current = list(models.Document.objects.filter(is_current=True).select_related("statement", "page", "source"))
    return demo.Outcome(
        sources=models.Source.objects.count(),
        documents=tuple(_told(row) for row in current),
        events=tuple(event for row in current for event in _events(row)),
        mentions=tuple(mention for row in current for mention in _mentions(row)),
        failures=tuple(_failures()),
        revisions=tuple(_revisions()),
    )


def _url(row: models.Document) -> str:
    return row.page.url if row.page else row.capture.url


def _told(row: models.Document) -> demo.Told:
    document = recorded.document(row)
    return demo.Told(
        url=_url(row), statement=row.statement.key, relation=row.relation, title=row.title, language=row.language,
        published=row.day.isoformat() if row.day else None, text=document.text,
        signers=tuple(one.name for one in document.signatories if one.relation == "signer"),
    )  # fmt: skip


def _events(row: models.Document) -> Iterator[demo.Coded]:
    coding = recorded.coding(row)
    for event in coding.events if coding else ():
        yield demo.Coded(url=_url(row), type=event.type, modality=event.modality, trigger=event.trigger.text)


def _mentions(row: models.Document) -> Iterator[demo.Named]:
    coding = recorded.coding(row)
    for one in coding.mentions if coding else ():
        yield demo.Named(url=_url(row), text=one.text, actor=one.actor, candidates=one.candidates)


def _failures() -> Iterator[demo.Failed]:
    for source in models.Source.objects.filter(trouble_kind__isnull=False):
        yield demo.Failed(
            source=source.slug, url=source.url, kind=source.trouble_kind or "", detail=source.trouble_detail or ""
        )
    for page in models.Page.objects.filter(trouble_kind__isnull=False).select_related("source"):
        yield demo.Failed(
            source=page.source.slug, url=page.url, kind=page.trouble_kind or "", detail=page.trouble_detail or ""
        )


def _revisions() -> Iterator[demo.Revised]:
    for row in models.Document.objects.filter(revises__isnull=False).select_related("page", "capture"):
        change = recorded.change(row)
        if change is not None:
            yield demo.Revised(url=_url(row), changed=change.changed)


def counts(*, published: int, tally: flow.Tally) -> dict[str, Any]:
    """Yield the counts of every room."""
    statements = (
        models.Statement.objects.filter(merged_into__isnull=True, documents__is_current=True).distinct().count()
    )
    documents = models.Document.objects.filter(is_current=True).count()
    return {
        "sources": models.Source.objects.count(),
        "captures": models.Capture.objects.count(),
        "documents": documents,
        "statements": statements,
        "merged": documents - statements,
        "coded": models.Document.objects.filter(is_current=True, coding__isnull=False).count(),
        "published": published,
        "revisions": models.Document.objects.filter(revises__isnull=False).count(),
        "troubles": tally.troubles,
    }
