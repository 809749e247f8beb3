"""Which statements one could be merged into: those that are most like it first, each with how alike and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from communique import match
from communique.web.inbox import bar, group, listing, placing, words
from communique.web.inbox.access import Visitor, page, told
from communique.web.inbox.group import Member
from communique.web.ledger import keyed, models, recorded
from communique.web.ledger.people import Role

CANDIDATES = 12
OWN = 3  # documents of a statement that are compared
SHARING = 60  # documents that share keys with it
Pair = tuple[float, int, int]  # how alike, our document, theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A statement that another could be merged into."""

    key: str
    member: Member
    who: str
    score: float  # 0..1
    alike: str  # the score in words
    why: str  # one paragraph: what speaks for and against it; "" where nobody has asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """All that the page of a merge needs."""

    key: str
    version: int
    title: str
    language: str | None
    search: str
    targets: tuple[Target, ...]


@page(Role.EDITOR)
def choice(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Show which statements this one could be merged into: the likest first, of those that a search finds too."""
    row = models.Statement.objects.filter(key=key, merged_into__isnull=True).first()
    if row is None:
        return told(request, "Not here", "There is no such statement at this desk.", status=404)
    search = " ".join(request.GET.get("q", "").split())[:100]
    own = list(row.documents.filter(is_current=True).order_by("pk").defer("content", "reading"))
    first = placing.original(own)
    found = _found(row, own, search) if own else []
    made = Choice(
        key=row.key, version=row.version, title=(first.title if first else None) or "(without a title)",
        language=first.language if first else None, search=search,
        targets=_targets(own[:OWN], found, asked=request.GET.get("why", "")),
    )  # fmt: skip
    return bar.shown(request, "desk/merge.html", made, visitor=visitor, here="")


def _found(row: models.Statement, own: Sequence[models.Document], search: str) -> list[models.Statement]:
    """Yield the statements that share keys with this one or its story; or those that a search finds."""
    standing = models.Statement.objects.filter(merged_into__isnull=True).exclude(pk=row.pk)
    newest = listing.with_documents(standing).order_by("-first_seen_at", "-id")
    if search:
        return list(listing.saying(newest, search)[:CANDIDATES])
    sharing = models.Document.objects.filter(pk__in=keyed.sharing([one.pk for one in own[:OWN]], limit=SHARING))
    same_story = standing.filter(story=row.story).order_by("-first_seen_at", "-id").values("pk")[:CANDIDATES]
    return list(newest.filter(Q(pk__in=sharing.values("statement")) | Q(pk__in=same_story)))


def _targets(
    own: Sequence[models.Document], found: Sequence[models.Statement], *, asked: str
) -> tuple[Target, ...]:  # fmt: skip
    """Yield what was found, the likest first, by what the ledger keeps of each text; no text is read for it."""
    shown = {one.pk: [row.pk for row in one.shown[:OWN]] for one in found if one.shown}  # type: ignore[attr-defined]  # by the Prefetch
    everything = [*(row.pk for row in own), *(pk for pks in shown.values() for pk in pks)]
    kept = {int(one.key): one.fingerprint for one in keyed.of(everything)}
    known = match.background(kept.values())
    mine = [row.pk for row in own if row.pk in kept]
    pairs = {pk: _likest(mine, [one for one in theirs if one in kept], kept, known) for pk, theirs in shown.items()}
    likest = sorted((one for one in found if pairs.get(one.pk)), key=lambda one: -pairs[one.pk][0][0])[:CANDIDATES]
    return tuple(_target(one, pairs[one.pk][0], known, is_asked=one.key == asked) for one in likest)


def _likest(
    mine: Sequence[int], theirs: Sequence[int], kept: Mapping[int, match.Fingerprint], known: match.Background
) -> list[Pair]:  # fmt: skip
    """Yield the likest pair of documents; nothing where one side has none."""
    others = [kept[pk] for pk in theirs]
    pairs = [
        (score, one, other)
        for one in mine
        for other, score in zip(theirs, match.likeness(kept[one], others, known), strict=True)
    ]
    return [max(pairs, key=lambda pair: pair[0])] if pairs else []


def _target(statement: models.Statement, pair: Pair, known: match.Background, *, is_asked: bool) -> Target:
    score, one, other = pair
    return Target(
        key=statement.key, member=group.member(statement), score=score, alike=words.alike(score),
        why=_why(one, other, known) if is_asked else "",
        who=", ".join(dict.fromkeys(row.source.name for row in statement.shown[:4])),  # type: ignore[attr-defined]  # by the Prefetch
    )  # fmt: skip


def _why(one: int, other: int, known: match.Background) -> str:
    rows = models.Document.objects.in_bulk([one, other])
    return match.explanation(recorded.document(rows[one]), recorded.document(rows[other]), known)
