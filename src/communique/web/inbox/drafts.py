"""The words of a dispatch before readers see them: proposed by the program, drafted by people, held against sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from communique.records import Draft, Finding
from communique.web.inbox import marking
from communique.web.inbox.access import Visitor
from communique.web.inbox.marking import Parts, Stretch
from communique.web.ledger import drafting, models, publication, releasing
from communique.web.ledger.publication import AlreadyMoved


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftShown:
    """A draft or, before somebody begins one, the proposal for it."""

    text: str
    version: int | None  # of the saved draft; None: only proposed so far
    is_saved: bool  # False: words were typed that are not saved
    stretches: tuple[Stretch, ...]  # of a proposal, with the parts that its sources carry
    parts: Parts
    order: tuple[int, ...]  # primary keys of the documents, as `parts` counts them
    rule: str
    findings: tuple[Finding, ...]
    scheduled_at: datetime | None = None  # when it goes out; None: it waits for somebody

    @property
    def blocking(self) -> int:
        """Yield how many findings keep it from being published without an override."""
        return sum(finding.blocks for finding in self.findings)


def of(visitor: Visitor, statement: models.Statement, *, typed: str | None = None) -> DraftShown | None:
    """Yield the draft of a statement, else the proposal; None: there is nothing to propose from."""
    row = open_draft(statement)
    order = tuple(one.pk for one in drafting.documents(statement, visitor.workspace.text("wire.language")))
    if row is not None or typed is not None:
        text = typed if typed is not None else row.text if row else ""
        return DraftShown(
            text=text, version=row.version if row else None, is_saved=row is not None and text == row.text,
            stretches=(), parts=(), order=order, rule="",
            findings=drafting.findings(text, statement, visitor.workspace),
            scheduled_at=row.scheduled_at if row else None,
        )  # fmt: skip
    made = drafting.proposed(statement, visitor.workspace)
    return _proposal(made, order) if made is not None else None


def _proposal(made: drafting.Proposed, order: tuple[int, ...]) -> DraftShown:
    draft = Draft(text=made.dispatch.text, language=made.dispatch.language, parts=made.parts, rule=made.rule)
    return DraftShown(
        text=draft.text, version=None, is_saved=True, stretches=marking.of_proposal(draft), parts=draft.parts,
        order=order, rule=draft.rule, findings=made.findings,
    )  # fmt: skip


def open_draft(statement: models.Statement) -> models.Dispatch | None:
    """Yield the newest draft on a statement; None: there is none."""
    return statement.dispatches.filter(number__isnull=True, stage__in=("draft", "scheduled")).order_by("-pk").first()


def begin(visitor: Visitor, statement: models.Statement) -> models.Dispatch | AlreadyMoved:
    """Make a draft of the proposal; where somebody has begun one, that is the draft."""
    if (standing := open_draft(statement)) is not None:
        return standing
    made = drafting.proposed(statement, visitor.workspace)
    if made is None:
        return AlreadyMoved(detail="no document is left in this statement; nothing can be drafted from it")
    return publication.new_draft(statement, made.dispatch, by=visitor.user, now=visitor.now)


def save(visitor: Visitor, row: models.Dispatch, *, version: int, text: str) -> models.Dispatch | AlreadyMoved:
    """Save the words that somebody typed; unchanged words leave the draft as it is."""
    act = publication.Act(dispatch=row.pk, version=version, by=visitor.user, at=visitor.now)
    if text == row.text and version == row.version:
        return row
    return publication.reword(act, text)


def publish(visitor: Visitor, row: models.Dispatch, *, reason: str) -> releasing.Outcome:
    """Publish a draft as saved. Blocking findings keep it back, and are the answer, unless a reason overrides them."""
    return releasing.publish(_act(visitor, row), reason=reason, workspace=visitor.workspace)


def schedule(visitor: Visitor, row: models.Dispatch, *, at: datetime, reason: str) -> releasing.Outcome:
    """Let a draft as saved be published at an instant; likewise."""
    return releasing.schedule(_act(visitor, row), at, reason=reason, workspace=visitor.workspace)


def _act(visitor: Visitor, row: models.Dispatch) -> publication.Act:
    return publication.Act(dispatch=row.pk, version=row.version, by=visitor.user, at=visitor.now)
