"""What editors corrected of readings, in the rows of documents: laid over, carried on to a later text, taken back."""

from __future__ import annotations

from collections.abc import Sequence

from communique import match
from communique.flow import context, told
from communique.flow.amending import amended, still_hold
from communique.records import Amendment, Coding, Document, versions
from communique.web import reading
from communique.web.ledger import acts, keyed, models, recorded
from communique.web.workspace import Workspace

OUTDATED = 0  # older than every version, so that the renewal makes it anew


def lay(row: models.Document, read: Document) -> None:
    """Let a row hold a reading with what editors corrected of it. The row is not saved."""
    made = amended(read, recorded.amendments(row))
    row.reading = recorded.content(read) if row.amendments else None
    row.content = recorded.content(made)
    row.language = recorded.storable(made.language, models.Document, "language")
    row.title = recorded.storable(made.title, models.Document, "title")
    row.day, row.digest = recorded.day(made), made.digest


def carry(before: models.Document, row: models.Document) -> None:
    """Let a later text at an address have what editors corrected of the text before, as far as it still holds."""
    read = recorded.document(row)
    holds = still_hold(recorded.amendments(before), recorded.as_read(before), read)
    if not holds and not before.acts:
        return
    row.acts = before.acts
    _enter(row, holds, read)


def amend(row: models.Document, amendments: Sequence[Amendment]) -> None:
    """Let a document have these corrections and no others; what was coded of it is outdated until it is coded again."""
    _enter(row, amendments, recorded.as_read(row))
    if row.relation == "original":
        models.Statement.objects.filter(pk=row.statement_id).update(day=row.day)


def _enter(row: models.Document, amendments: Sequence[Amendment], read: Document) -> None:
    row.amendments = [recorded.content(one) for one in amendments]
    lay(row, read)
    row.acts = acts.anchored_all(row.acts, told(recorded.document(row)))
    row.code_version = OUTDATED
    row.save()
    made = recorded.document(row)
    keyed.keep(row, match.keys(made), match.fingerprint(made))


def recode(pk: int, workspace: Workspace) -> None:
    """Code a document anew, now. What can't be coded now is left to the renewal, which says what is the matter."""
    row = models.Document.objects.select_related("source").get(pk=pk)
    document = recorded.document(row)
    made = reading.coding(told(document), context(document, recorded.source(row.source)), workspace)
    if isinstance(made, Coding):  # unless somebody has corrected it once more meanwhile
        standing = models.Document.objects.filter(pk=pk, digest=row.digest, amendments=row.amendments)
        standing.update(coding=recorded.content(made), trouble=None, code_version=versions.CODE)
