"""How a source is, in one sentence: what came last, what is wrong since when, and what a person could do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from communique import collect
from communique.flow.course import MOVED_FOR_GOOD, NOTHING, NOTHING_SAID, Memory, Spoken
from communique.flow.layout import Relaid
from communique.records import SourceKind

Kind = Literal[
    "fine", "paused", "unvisited", "silent", "robots", "refused", "gone", "moved", "layout", "empty", "behind",
    "language", "old", "clock", "unreachable", "unreadable", "restless",
]  # fmt: skip

LONG = timedelta(days=30)  # without anything new, where no rhythm is known
GAPS = 4  # times its usual pause may pass before a source counts as silent
OLD = timedelta(days=365)  # everything is older: a list that is not kept up, or the wrong one
AHEAD = timedelta(days=2)  # no time zone explains a date that far in the future
ANOTHER_LANGUAGE = 5  # documents in a row, before a source is said to have changed its language
TRIES = 3  # visits in a row without an answer before a person is asked to look

AT_ONCE = frozenset({"gone", "robots", "private-address", "not-a-feed"})  # waiting won't mend these

# What a person can do about a kind of trouble, where its own detail doesn't say it.
REMEDIES = {
    "gone": "look for its new address on the site, or remove it",
    "robots": "if the site is your own, set collect.robots to false",
    "private-address": "set collect.allow_private to true if the site stands in your own network",
    "not-a-feed": "test the address anew: communique sources test",
    "soft-404": "look where the site has moved it, or remove it",
    "login-wall": "look for a page that everybody sees, or remove it",
    "parked": "look for the site's new address, or remove it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A hub that has promised to tell what is new at a source."""

    hub: str  # its host
    until: datetime
    told_at: datetime | None  # None: it has not told anything yet
    is_late: bool = False  # since then a visit found what it had not told


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the ledger remembers of a source's visits. Instants are aware UTC; None: not yet."""

    is_paused: bool
    visited_at: datetime | None
    new_at: datetime | None
    next_visit_at: datetime
    listed_before: int | None  # entries of the last list or feed that had some
    troubles_in_row: int
    trouble_kind: str | None
    trouble_detail: str | None
    trouble_since: datetime | None
    memory: Memory = NOTHING
    spoken: Spoken = NOTHING_SAID
    announced: Announced | None = None  # None: no hub tells us
    set_pause_s: int = 3600  # until the next visit, as the desk set it


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How a source is."""

    kind: Kind
    sentence: str
    needs_a_person: bool = False  # waiting won't mend it


def state(course: Course, now: datetime, *, kind: SourceKind) -> State:
    """Say how a source of a kind is: what stops it altogether goes before what only explains its silence."""
    looks = (_stopped, _troubled, _moved, _emptied if kind != "listing" else _laid_out, *_LOOKS)
    return next((found for look in looks if (found := look(course, now)) is not None), _fine(course, now))


def _stopped(course: Course, now: datetime) -> State | None:
    if course.is_paused:
        return State(kind="paused", sentence="paused; nothing is collected until it is resumed")
    if course.visited_at is None and not course.trouble_kind:
        return State(kind="unvisited", sentence=f"not visited yet; {_next(course, now)}")
    return None


def _troubled(course: Course, now: datetime) -> State | None:
    if not course.trouble_kind:
        return None
    kind = _kind_of(course.trouble_kind)
    needs = course.troubles_in_row >= TRIES or course.trouble_kind in AT_ONCE
    since = f" since {_day(course.trouble_since)}" if course.trouble_since else ""
    times = f", {course.troubles_in_row} times in a row" if course.troubles_in_row > 1 else ""
    remedy = f"; {REMEDIES[course.trouble_kind]}" if course.trouble_kind in REMEDIES else ""
    sentence = f"{_WORDS[kind]}{since}{times}: {course.trouble_detail}{remedy}; {_next(course, now)}"
    return State(kind=kind, sentence=sentence, needs_a_person=needs)


_WORDS: dict[Kind, str] = {
    "robots": "blocked by robots.txt",
    "refused": "refused",
    "gone": "gone",
    "unreadable": "unreadable",
    "unreachable": "silent",
    "restless": "changes at every visit",
}


def _kind_of(trouble_kind: str) -> Kind:
    if trouble_kind in ("soft-404", "login-wall", "parked"):  # a watched page that was taken away
        return "gone"
    if trouble_kind in ("robots", "refused", "gone", "restless"):
        return trouble_kind  # type: ignore[return-value]  # those are kinds of state as well
    return "unreadable" if trouble_kind in _READING else "unreachable"


_READING = frozenset(
    {"not-a-feed", "not-html", "not-a-page", "not-mail", "bad-pdf", "no-text", "empty", "deadline", "crash"}
    | {"consent-wall", "robot-wall", "subscriber-wall"}
)


def _moved(course: Course, now: datetime) -> State | None:
    memory = course.memory
    if memory.moved_to is None:
        return None
    left = MOVED_FOR_GOOD - memory.moved_days
    if left > 0:
        else_ = f"else it is done after {left} more day{'s' if left > 1 else ''}"
    else:
        else_ = "not done yet, as that address is watched already or gave nothing"
    said = f"has moved to {memory.moved_to}, take over? It says so since {_day(memory.moved_since)}; {else_}"
    return _needs("moved", said, course, now)


def _laid_out(course: Course, now: datetime) -> State | None:
    if (since := course.memory.empty_since) is not None:
        said = f"the list's layout changed on {_day(since)}: {course.listed_before} items before, 0 since"
        return _needs("layout", f"{said}; open the page", course, now)
    if (relaid := course.memory.relaid) is not None and relaid.is_doubtful:
        said = f"{_relaid_on(relaid)}; open the page and look whether this is the same list"
        return _needs("layout", said, course, now)
    if course.memory.listed == 0:
        said = "answers, but no list was found on the page so far; test the address, or watch another one"
        return _needs("empty", said, course, now)
    return None


def _relaid_on(relaid: Relaid) -> str:
    """Say when a list's layout changed, and what became of its entries."""
    stood = {None: "", 0: ", none of which stood there before"}.get(
        relaid.familiar, f", {relaid.familiar} of which stood there before"
    )
    return f"the list's layout changed on {_day(relaid.at)}: {relaid.before} items before, {relaid.after} since{stood}"


def _emptied(course: Course, now: datetime) -> State | None:
    if (since := course.memory.empty_since) is not None:
        said = f"the feed is empty since {_day(since)}: {course.listed_before} entries before, none since"
        return _needs("empty", f"{said}; look whether the site has another one", course, now)
    if course.memory.listed == 0:
        said = "answers, but the feed has no entries so far; test the address, or watch another one"
        return _needs("empty", said, course, now)
    return None


def _behind(course: Course, now: datetime) -> State | None:
    memory = course.memory
    if not memory.ahead or memory.home is None:
        return None
    many = f"{memory.ahead} statement{'s' if memory.ahead > 1 else ''}"
    said = f"the feed has had nothing new since {_day(course.new_at)}, but {memory.home} lists {many} that it lacks"
    return _needs("behind", f"{said}; watch that page instead", course, now)


def _language(course: Course, now: datetime) -> State | None:
    spoken = course.spoken
    if spoken.run < ANOTHER_LANGUAGE:
        return None
    said = f"speaks {spoken.other} since {_day(spoken.since)}, and {spoken.usual} before"
    return _needs("language", f"{said}; look whether this is another edition, or add the language", course, now)


def _clock(course: Course, now: datetime) -> State | None:
    newest = course.memory.newest_at
    if newest is None or course.visited_at is None or newest - course.visited_at < AHEAD:
        return None
    days = (newest - course.visited_at).days
    return _needs(
        "clock",
        f"its clock is wrong: the newest entry is of {_day(newest)}, {days} days ahead; tell the site",
        course,
        now,
    )


def _old(course: Course, now: datetime) -> State | None:
    newest = course.memory.newest_at
    if newest is None or course.visited_at is None or course.visited_at - newest < OLD:
        return None
    said = f"lists only old items: the newest is of {_day(newest)}; look whether the site speaks elsewhere now"
    return _needs("old", said, course, now)


def _needs(kind: Kind, said: str, course: Course, now: datetime) -> State:
    return State(kind=kind, sentence=f"{said}; {_next(course, now)}", needs_a_person=True)


_LOOKS: tuple[Callable[[Course, datetime], State | None], ...] = (_behind, _language, _clock, _old)


def _fine(course: Course, now: datetime) -> State:
    rhythm = _rhythm(course)
    if course.new_at is None:
        said = f"answers, but has said nothing new so far{rhythm}{_hub(course, now)}"
        return State(kind="silent", sentence=f"{said}; {_next(course, now)}")
    longest = max(timedelta(seconds=course.memory.gap_s * GAPS), timedelta(days=1)) if course.memory.gap_s else LONG
    if now - course.new_at > longest:
        said = f"answers, but has said nothing new since {_day(course.new_at)}{rhythm}{_hub(course, now)}"
        return State(kind="silent", sentence=f"{said}{_since_relaid(course)}; {_next(course, now)}")
    said = f"last said something new on {_day(course.new_at)}{rhythm}{_hub(course, now)}"
    return State(kind="fine", sentence=f"{said}; {_next(course, now)}")


def _since_relaid(course: Course) -> str:
    """Say of a silent source that its list was found again after its layout had changed: that may be why."""
    relaid = course.memory.relaid
    return f"; {_relaid_on(relaid)}" if relaid else ""


def _hub(course: Course, now: datetime) -> str:
    """Say through which hub a source announces itself, and when that last told us."""
    announced = course.announced
    if announced is None or announced.until <= now:
        return ""
    last = f"last told on {_day(announced.told_at)}" if announced.told_at else "nothing told yet"
    last += ", but not of all that came since" if announced.is_late else ""
    return f"; announces itself through {announced.hub}, {last}"


def _rhythm(course: Course) -> str:
    return f", usually every {span(course.memory.gap_s)}" if course.memory.gap_s else ""


def _next(course: Course, now: datetime) -> str:
    """Say when the next visit is, and why then."""
    wait = course.next_visit_at - now
    if wait <= timedelta(0):
        return "due now"
    return f"next visit in {span(wait.total_seconds())}{_why(course, now)}"


def _why(course: Course, now: datetime) -> str:
    """Say what the pause until the next visit is taken from, as `flow` takes it."""
    if course.trouble_kind == "asked-to-wait":
        return ", as the site asks"
    if course.troubles_in_row:
        return ", later after each failure"
    hub, memory = course.announced, course.memory
    silent_s = (course.visited_at - course.new_at).total_seconds() if course.visited_at and course.new_at else None
    found = collect.reasons(
        course.set_pause_s, gap_s=memory.gap_s, silent_s=silent_s, wishes=memory.wishes,
        is_told=hub is not None and now < hub.until and hub.told_at is not None and not hub.is_late,
    )  # fmt: skip
    return _REASONS[found] + (_SKIPPED if memory.wishes.skip_hours or memory.wishes.skip_days else "")


_REASONS: dict[tuple[collect.Reason, ...], str] = {
    (): "",
    ("rhythm",): ", by its own rhythm",
    ("wish",): ", as the feed asks",
    ("net",): ", to see whether its hub has told all",
    ("rhythm", "net"): ", to see whether its hub has told all",
    ("wish", "net"): ", later than the feed asks, to see whether its hub has told all",
}
_SKIPPED = ", and not at times when the feed asks to be left alone"


def span(seconds: float) -> str:
    """Say a time as people do, in its largest unit: "40 min", "3 h", "12 days"."""
    minutes = max(1, round(seconds / 60))
    if minutes < 100:
        return f"{minutes} min"
    hours = round(seconds / 3600)
    return f"{hours} h" if hours < 49 else f"{round(seconds / 86_400)} days"


def _day(at: date | None) -> str:
    return f"{at.day} {at:%B %Y}" if at else "an unknown day"
