"""What an editor corrects of what the program read or coded: kept apart, compare-and-set, in the audit, undoable."""

from __future__ import annotations

from collections.abc import Callable

from communique.flow.amending import FIELDS, amended, field, with_amendment
from communique.kit import jsonable
from communique.records import Amendment
from communique.web.inbox.actions import Act, Outcome, Stage, note, undo_count, won
from communique.web.ledger import acts, amending, drafting, models, recorded
from communique.web.ledger.publication import AlreadyMoved
from communique.web.ledger.store import DatabaseLedger
from communique.web.workspace import Workspace

Change = Callable[[models.Document], str | None]  # changes a row and saves it, or says why it can't be


def amend(act: Act, record_id: str, new: Amendment, workspace: Workspace) -> Outcome:
    """Correct a field, a paragraph or a signer of a reading; what is coded from it is coded again at once."""

    def change(row: models.Document) -> str | None:
        was = field(recorded.as_read(row), new.what) if new.what in FIELDS else None
        said = Amendment(what=new.what, to=new.to, was=was, after=new.after, by=new.by, at=new.at)
        return _amended(row, with_amendment(recorded.amendments(row), said))

    return _corrected(act, record_id, "correct reading", change, workspace)


def read_again(act: Act, record_id: str, workspace: Workspace) -> Outcome:
    """Take back all that was corrected of a reading."""
    return _corrected(act, record_id, "correct reading", lambda row: _amended(row, ()), workspace)


def say(act: Act, record_id: str, new: acts.Act, workspace: Workspace) -> Outcome:
    """Say of an event what it is, or that it is none."""
    return _corrected(
        act, record_id, "correct event", lambda row: _said(row, acts.with_act(acts.of(row.acts), new)), workspace
    )


def unsay(act: Act, record_id: str, event: tuple[str, int], workspace: Workspace) -> Outcome:
    """Let an event be again as the program coded it."""
    return _corrected(
        act, record_id, "correct event", lambda row: _said(row, acts.without(acts.of(row.acts), *event)), workspace
    )


def back(entry: models.Audit, workspace: Workspace) -> str | None:
    """Undo a correction, unless somebody has corrected the same document since."""
    before, after = entry.detail["before"], entry.detail["after"]
    with DatabaseLedger().transaction():
        row = models.Document.objects.filter(pk=entry.detail["document"], is_current=True).first()
        if row is None:
            return "the page was read anew since, and is another document now; correct that one"
        if {"amendments": row.amendments, "acts": _words(row)} != after:
            return "somebody has corrected this document since; nothing was undone"
        row.acts = before["acts"]
        amending.amend(row, [jsonable.restored(Amendment, one) for one in before["amendments"]])
        statement = row.statement
        models.Statement.objects.filter(pk=statement.pk).update(version=statement.version + 1)
    _follow(row, statement, workspace)
    return None


def _corrected(act: Act, record_id: str, action: str, change: Change, workspace: Workspace) -> Outcome:
    with DatabaseLedger().transaction():
        done = won(act, tuple(Stage))
        if isinstance(done, AlreadyMoved):
            return done
        row = done.documents.filter(capture__record_id=record_id, is_current=True).first()
        before = {"amendments": row.amendments, "acts": row.acts} if row else {}
        wrong = change(row) if row else "this document is no longer in the statement; look at it again"
        if wrong is not None or row is None:
            undo_count(done)
            return AlreadyMoved(detail=wrong or "")
        after = {"amendments": row.amendments, "acts": _words(row)}
        note(act, action, done, {"document": row.pk, "before": before, "after": after})
    _follow(row, done, workspace)
    return done


def _follow(row: models.Document, statement: models.Statement, workspace: Workspace) -> None:
    """Let follow what is made of a document: its coding, and what a draft carries of it."""
    if row.code_version == amending.OUTDATED:
        amending.recode(row.pk, workspace)
    drafting.redrafted(statement, workspace)


def _amended(row: models.Document, amendments: tuple[Amendment, ...]) -> str | None:
    if not amended(recorded.as_read(row), amendments).text:
        return "a document needs a text; leave one paragraph in"
    amending.amend(row, amendments)
    return None


def _said(row: models.Document, said: tuple[acts.Act, ...]) -> str | None:
    row.acts = [jsonable.of_record(one) for one in said]
    row.save(update_fields=["acts"])
    return None


def _words(row: models.Document) -> list[dict[str, object]]:
    """Yield what is kept of the events without their places, which a new reading moves."""
    return [{"words": one.trigger.text, "nth": one.nth, "by": one.by, "at": one.at} for one in acts.of(row.acts)]
