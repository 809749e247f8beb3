"""A draft on a statement: the room `desk` proposes and checks, on what the ledger holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from communique import registry
from communique.flow import account, actors, whole
from communique.flow.reading import Wish
from communique.records import Coding, Context, Dispatch, DispatchSource, Finding, SourceText
from communique.web import reading
from communique.web.ledger import dossiers, models, publication, publishers, recorded
from communique.web.workspace import Workspace

# Fields of records.Dispatch.
_OF_DOCUMENTS = ("actors", "events", "place", "occasion", "series", "occasion_number", "signatories", "sources")
SOURCES = 12  # texts that a draft is held against; the original and the wire's own language come first


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A dispatch as it could be published, and what speaks against it."""

    dispatch: Dispatch
    findings: tuple[Finding, ...]
    parts: tuple[tuple[tuple[int, int], int, tuple[int, int]], ...]  # records.Draft.parts
    rule: str


def documents(statement: models.Statement, language: str) -> list[models.Document]:
    """Yield the current documents of a statement: those in the language first, what an editor corrected before others,
    then the original.
    """
    rows = statement.documents.filter(is_current=True).select_related("source", "page", "capture", "statement", "of")
    order = {"original": 0, "translation": 1, "copy": 2}
    return sorted(rows, key=lambda row: (row.language != language, not row.acts, order.get(row.relation, 3), row.pk))


def sources(rows: Sequence[models.Document], known: registry.Registry) -> tuple[SourceText, ...]:
    """Yield documents as the texts that a draft must be covered by. Their codings are of how the texts begin."""
    return tuple(
        SourceText(
            text=whole(recorded.document(row)),
            language=row.language,
            published=row.day.isoformat() if row.day else None,
            publisher=publishers.of(row, recorded.document(row), known),
            coding=recorded.coding(row),
            signers=len(_signer_names([row])) or None,
        )
        for row in rows[:SOURCES]
    )


def proposed(statement: models.Statement, workspace: Workspace) -> Proposed | None:
    """Yield a sentence for a statement with all that a dispatch of it would carry; None: no document is left in it."""
    rows = documents(statement, workspace.text("wire.language"))
    if not rows:
        return None
    known = actors.of(workspace.registry)
    texts = sources(rows, known)
    by = list(
        dict.fromkeys((*(text.publisher for text in texts if text.publisher), *_publishers(rows[SOURCES:], known)))
    )
    wish = Wish(
        lead=texts[0], actor_names=_names(known, texts, by), publishers=tuple(by),
        signers=_signers(rows), language=workspace.text("wire.language"),
    )  # fmt: skip
    made = reading.proposal(wish, workspace)
    return Proposed(
        dispatch=dispatch(made.text, rows, workspace), findings=_held_against(made.text, rows, texts, workspace),
        parts=made.parts, rule=made.rule,
    )  # fmt: skip


def findings(text: str, statement: models.Statement, workspace: Workspace) -> tuple[Finding, ...]:
    """Yield what a draft says that the statement's documents don't carry."""
    rows = documents(statement, workspace.text("wire.language"))
    return _held_against(text, rows, sources(rows, actors.of(workspace.registry)), workspace)


def _held_against(
    text: str, rows: Sequence[models.Document], texts: tuple[SourceText, ...], workspace: Workspace
) -> tuple[Finding, ...]:  # fmt: skip
    context = Context(language=workspace.text("wire.language"), published=_day(rows))
    return reading.findings(text, context, texts, workspace)


def dispatch(text: str, rows: Sequence[models.Document], workspace: Workspace) -> Dispatch:
    """Yield a dispatch with its data: who and what, and its sources."""
    story = account.of_coding(_best(rows))
    known = actors.of(workspace.registry)
    named = tuple(dict.fromkeys((*story.actors, *(who for who in _publishers(rows, known) if known.actor(who)))))
    first = known.actor(named[0]) if named else None
    dossier = dossiers.of(rows[0].statement.story)
    return Dispatch(
        id=0, text=text, language=workspace.text("wire.language"), actors=named, events=story.events,
        country=story.country or (first.country if first else None), place=story.place, occasion=story.occasion,
        series=story.series, occasion_number=story.occasion_number,
        signatories=_signer_names(rows), story=dossier.slug if dossier else None,
        sources=tuple(_source(row, known) for row in rows),
    )  # fmt: skip


def redrafted(statement: models.Statement, workspace: Workspace) -> None:
    """Let the draft on a statement carry what its documents say now; its words stay as somebody wrote them."""
    rows = documents(statement, workspace.text("wire.language"))
    drafts = statement.dispatches.filter(number__isnull=True, stage__in=("draft", "scheduled"))
    for draft in drafts if rows else ():
        made = dispatch(draft.text, rows, workspace)
        fresh = {name: value for name, value in publication.content_of(made).items() if name in _OF_DOCUMENTS}
        models.Dispatch.objects.filter(pk=draft.pk).update(content=draft.content | fresh, country=made.country)


def _best(rows: Sequence[models.Document]) -> Coding | None:
    """Yield the coding that tells who and what: one that an editor corrected, else the first that has events."""
    codings = [(row, coding) for row in rows if (coding := recorded.coding(row)) is not None]
    said = next((coding for row, coding in codings if row.acts), None)
    told = next((coding for _, coding in codings if coding.events), None)
    return said or told or (codings[0][1] if codings else None)


def _publishers(rows: Sequence[models.Document], known: registry.Registry) -> list[str]:
    return [publishers.of(row, recorded.document(row), known) for row in rows]


def _names(known: registry.Registry, texts: Sequence[SourceText], publishers: Sequence[str]) -> dict[str, str]:
    ids = {mention.actor for text in texts if text.coding for mention in text.coding.mentions if mention.actor}
    found = {id_: known.actor(id_) for id_ in (*ids, *publishers)}
    return {id_: actor.name for id_, actor in found.items() if actor is not None}


def _day(rows: Sequence[models.Document]) -> date | None:
    return next((row.day for row in rows if row.day), None)


def _signers(rows: Sequence[models.Document]) -> int | None:
    counts = [len(_signer_names([row])) for row in rows]
    return max(counts, default=0) or None


def _signer_names(rows: Sequence[models.Document]) -> tuple[str, ...]:
    """Yield the longest list of signers among the documents: later signers stand only on some sites."""
    lists = [tuple(one.name for one in recorded.document(row).signatories if one.relation == "signer") for row in rows]
    return max(lists, key=len, default=())


def _source(row: models.Document, known: registry.Registry) -> DispatchSource:
    by = publishers.of(row, recorded.document(row), known)
    return DispatchSource(
        url=row.page.url if row.page else row.capture.url,
        publisher=by if known.actor(by) else row.source.publisher,
        language=row.language,
        published=row.day.isoformat() if row.day else None,
        captured=row.capture.captured_at.isoformat(),
        digest=row.capture.digest,
    )
