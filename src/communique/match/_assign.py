"""The two ways of matching: a whole set at once, and one new document against those that are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from communique.match import _matters
from communique.match._about import is_about
from communique.match._background import Background, background
from communique.match._codec import whole
from communique.match._fingerprint import Fingerprint, fingerprint
from communique.match._groups import CHECKED, ODDS_LIMIT, groups, joint_odds, rank, text_odds
from communique.match._relation import descents, origin, statement_id, story_id
from communique.match._score import Resemblance, day_odds, resemblance
from communique.match._screen import promising
from communique.match._theme import themes
from communique.records import Assignment, Document, Kinship

SCORE_DIGITS = 4
# Candidates that are compared wholly, the likeliest by keys first. One by one, without dates and links, with the marks
# counted over the whole set, pair F1 on match and twins is 0.965 and 0.924 with 40, 0.981 and 0.954 with 100; on match
# 200 bring nothing more.
COMPARED = 100
# Log odds. A set at once merges from 0 on, since all that speaks against it is there; one by one, the first of many
# languages comes alone, and what it is taken for stays. Of the documents that entered a group at odds below 0.75, in
# shuffled orders without dates and links, 56 were right and 27 wrong, of statements that joined at odds below 1, 5 and
# 9: those are asked about. Below 0 three of four answers would be no. Pair F1 and precision on match, twins and copies
# (bench/match/desk.py, seed 1): from 0 on 0.982, 0.932, 0.976 and 0.996, 0.913, 0.962; so 0.979, 0.975, 0.987 and
# 0.999, 0.982, 0.983, with 23, 25 and 6 questions.
ENTERING_ODDS = 0.75
JOINING_ODDS = 1.0
ASKING_ODDS = 0.0
ASKED = 2  # statements that one document is asked about, the likeliest first
# Documents. In a younger archive every candidate is compared: few share a key, and numpy, which the first look needs,
# takes 16 MiB and a tenth of a second that a newsroom which has just begun need not pay.
YOUNG = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A known document that shares a key with the new one."""

    fingerprint: Fingerprint
    key: str  # how the ledger knows the document; comes back as Assignment.of
    statement: str
    story: str


@dataclass(frozen=True, slots=True)
class _Held:
    """One candidate with what was found on comparing it."""

    candidate: Candidate
    fingerprint: Fingerprint
    found: Resemblance


def statement(
    new: Document | Fingerprint, candidates: Sequence[Candidate], known: Background | None = None
) -> Assignment:
    """Yield where a new document belongs, leaving every known document where it is.

    `known` counts the marks of the archive; without it those of the candidates are counted.
    """
    mine = new if isinstance(new, Fingerprint) else fingerprint(new)
    counted = known or background([mine, *(whole(one.fingerprint) for one in candidates)])
    close = [(one, whole(one.fingerprint)) for one in _close(mine, candidates, counted)]
    held = [_Held(one, theirs, resemblance(mine, theirs, counted)) for one, theirs in close]
    fitting = _fitting_groups(held, mine)
    sure = [one for odds, one in fitting if odds >= ENTERING_ODDS]
    if not sure:
        return replace(
            _alone(mine, held, counted), asks=tuple(one[0].candidate.statement for _, one in fitting[:ASKED])
        )
    found = _joined(mine, sure[0], counted)
    if len(fitting) == 1:
        return found
    odds = _bridge_odds(mine, [one for _, one in fitting], counted)
    return replace(
        found,
        joins=tuple(one for one in odds if odds[one] >= JOINING_ODDS),
        asks=tuple(one for one in odds if ASKING_ODDS <= odds[one] < JOINING_ODDS)[:ASKED],
    )


def _close(new: Fingerprint, candidates: Sequence[Candidate], known: Background) -> list[Candidate]:
    """Yield the candidates of all statements that one of them may belong to: in doubt a group speaks as a whole."""
    if known.documents < YOUNG:
        return list(candidates[:COMPARED])
    hopeful = promising(new, [one.fingerprint for one in candidates], known)
    named = {one.statement for one, is_hopeful in zip(candidates, hopeful, strict=True) if is_hopeful}
    return [one for one in candidates if one.statement in named][:COMPARED]


def _fitting_groups(held: Sequence[_Held], new: Fingerprint) -> list[tuple[float, list[_Held]]]:
    """Yield the known groups that a document may belong to, with the odds of each, the likeliest first."""
    by_statement: dict[str, list[_Held]] = defaultdict(list)
    for one in sorted(held, key=lambda one: (rank(one.fingerprint), one.candidate.key)):
        by_statement[one.candidate.statement].append(one)
    odds = {id_: _odds(members, new) for id_, members in by_statement.items()}
    return [
        (odds[id_], by_statement[id_])
        for id_ in sorted(odds, key=lambda id_: (-odds[id_], id_))
        if odds[id_] >= ASKING_ODDS
    ]


def _odds(members: Sequence[_Held], new: Fingerprint) -> float:
    """Yield the odds that a document belongs to a group: the mean over languages of the best in each."""
    if any(one.found.excludes for one in members):
        return -ODDS_LIMIT
    by_language: dict[tuple[str, str], float] = {}
    for one in members:
        languages = (one.fingerprint.language, new.language)
        by_language[languages] = max(text_odds(one.found), by_language.get(languages, -ODDS_LIMIT))
    return joint_odds(by_language) + day_odds(_days_between([new], [one.fingerprint for one in members]))


def _joined(new: Fingerprint, members: Sequence[_Held], known: Background) -> Assignment:
    prints = [one.fingerprint for one in members]
    descent = descents([*prints, new], known)[-1]
    leads = origin([*prints, new])
    of = members[descent.parent].candidate.key if descent.parent is not None else None
    return Assignment(
        statement=members[0].candidate.statement,
        relation=descent.relation,
        of=of,
        story=members[0].candidate.story,
        score=round(max(descent.score, *(one.found.score for one in members)), SCORE_DIGITS),
        is_retold=leads != origin(prints),
    )


def _bridge_odds(new: Fingerprint, fitting: Sequence[Sequence[_Held]], known: Background) -> dict[str, float]:
    """Yield the odds of the further statements to be the one that a document belongs to, now that it is known."""
    first, *others = fitting
    grown = [*(one.fingerprint for one in first[:CHECKED]), new]
    return {
        other[0].candidate.statement: _group_odds(grown, [one.fingerprint for one in other[:CHECKED]], known)
        for other in others
    }


def _group_odds(left: Sequence[Fingerprint], right: Sequence[Fingerprint], known: Background) -> float:
    """Yield the odds that two groups are one: the rule of a whole set at once, so that both ways end alike."""
    by_language: dict[tuple[str, str], float] = {}
    for one in left:
        for other in right:
            found = resemblance(one, other, known)
            if found.excludes:
                return -ODDS_LIMIT
            languages = (one.language, other.language)
            by_language[languages] = max(text_odds(found), by_language.get(languages, -ODDS_LIMIT))
    return joint_odds(by_language) + day_odds(_days_between(left, right))


def _days_between(left: Sequence[Fingerprint], right: Sequence[Fingerprint]) -> int | None:
    """Yield the days between two groups; 0 where they overlap, None where one has no day."""
    early, late = _span(one.day for one in left), _span(one.day for one in right)
    if early[0] is None or early[1] is None or late[0] is None or late[1] is None:
        return None
    return max(0, early[0] - late[1], late[0] - early[1])


def relations(members: Sequence[Candidate], known: Background | None = None) -> tuple[Kinship, ...]:
    """Yield how each document of one statement came about, in the order given.

    For when a document arrives that is earlier than what was the original, and when two statements became one.
    """
    line = sorted(members, key=lambda one: (rank(whole(one.fingerprint)), one.key))
    prints = [whole(one.fingerprint) for one in line]
    told = descents(prints, known or background(prints))
    kin = {
        one.key: Kinship(
            key=one.key,
            relation=descent.relation,
            of=line[descent.parent].key if descent.parent is not None else None,
            score=round(descent.score, SCORE_DIGITS),
        )
        for one, descent in zip(line, told, strict=True)
    }
    return tuple(kin[one.key] for one in members)


def _alone(new: Fingerprint, held: Sequence[_Held], known: Background) -> Assignment:
    nearest = sorted(held, key=lambda one: (-one.found.marks, rank(one.fingerprint), one.candidate.key))
    publishers: dict[str, set[str]] = defaultdict(set)
    for one in held:
        publishers[one.candidate.statement].add(one.fingerprint.publisher)
    for one in nearest:
        is_outside = new.publisher not in publishers[one.candidate.statement]
        if is_outside and is_about(new, one.fingerprint, one.found):
            is_on = _matters.is_on(themes([new]), themes([one.fingerprint]), _matters.everybody(known))
            return Assignment(
                statement=statement_id(new), relation="about", of=one.candidate.key,
                story=one.candidate.story if is_on else story_id(new),
                score=round(1 - one.found.score, SCORE_DIGITS),
            )  # fmt: skip
    return Assignment(statement=statement_id(new), relation="original", of=None, story=story_id(new), score=1.0)


def statements(documents: Sequence[tuple[str, Document]]) -> tuple[Assignment, ...]:
    """Yield the assignment of each document, in the order given; which that is does not change the groups."""
    return assignments([(key, fingerprint(document)) for key, document in documents])


def assignments(prints: Sequence[tuple[str, Fingerprint]]) -> tuple[Assignment, ...]:
    """Yield the same as `statements`, from fingerprints: what a large set needs to hold in memory."""
    line = sorted(range(len(prints)), key=lambda at: (rank(prints[at][1]), prints[at][0]))
    ranked = [prints[at][1] for at in line]
    known = background(ranked)
    made, found = groups(ranked, known)
    group_of = {place: number for number, group in enumerate(made) for place in group}
    origins = [group[origin([ranked[place] for place in group])] for group in made]
    abouts = {one: origins[group_of[other]] for one, other in _abouts(ranked, made, group_of, found).items()}
    on = {group_of[one]: group_of[other] for one, other in abouts.items()}
    stories = _stories(ranked, made, origins, on)
    given: dict[int, Assignment] = {}
    for number, group in enumerate(made):
        id_, story = statement_id(ranked[origins[number]]), stories[number]
        for place, descent in zip(group, descents([ranked[at] for at in group], known), strict=True):
            parent = group[descent.parent] if descent.parent is not None else abouts.get(place)
            given[place] = Assignment(
                statement=id_,
                relation="about" if descent.parent is None and parent is not None else descent.relation,
                of=prints[line[parent]][0] if parent is not None else None,
                story=story,
                score=round(descent.score, SCORE_DIGITS),
            )
    back = {at: place for place, at in enumerate(line)}
    return tuple(given[back[at]] for at in range(len(prints)))


Found = dict[tuple[int, int], Resemblance]


def _abouts(
    ranked: Sequence[Fingerprint], made: Sequence[Sequence[int]], group_of: dict[int, int], found: Found
) -> dict[int, int]:
    """Yield, for each text of its own about a statement, which document it quotes most of."""
    best: dict[int, tuple[int, int]] = {}
    for (one, other), resembled in found.items():
        if group_of[one] == group_of[other]:
            continue
        for quoting, quoted in ((one, other), (other, one)):
            members = made[group_of[quoted]]
            # Whoever has the statement on a page of its own does not quote it: what is shared is its boilerplate.
            is_outside = ranked[quoting].publisher not in {ranked[at].publisher for at in members}
            is_single = len(made[group_of[quoting]]) == 1
            if is_single and is_outside and is_about(ranked[quoting], ranked[quoted], resembled):
                best[quoting] = min(best.get(quoting, (0, 0)), (-resembled.shared_shingles, quoted))
    quotes = {quoting: quoted for quoting, (_, quoted) in best.items()}
    # Of two that quote each other, the earlier in rank is the original.
    return {one: other for one, other in quotes.items() if quotes.get(other) != one or other < one}


def _stories(
    ranked: Sequence[Fingerprint], made: Sequence[Sequence[int]], origins: Sequence[int], of: Mapping[int, int]
) -> list[str]:
    """Yield the story of each group; `of` says which group is a text of somebody's own on which other."""
    by_rank = sorted(range(len(made)), key=lambda number: origins[number])
    place = {number: at for at, number in enumerate(by_rank)}
    rows = [themes([ranked[at] for at in (origins[number], *made[number])]) for number in by_rank]
    first = _matters.stories(rows, {place[one]: place[other] for one, other in of.items()})
    return [story_id(ranked[origins[by_rank[first[place[number]]]]]) for number in range(len(made))]


def _span(days: Iterable[int | None]) -> tuple[int | None, int | None]:
    given = [day for day in days if day is not None]
    return (min(given), max(given)) if given else (None, None)
