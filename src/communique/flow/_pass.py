"""One pass over what is due: some threads ask one site after the other and read, this thread enters."""

from __future__ import annotations

import queue
import random
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime

from communique import collect
from communique.flow._enter import PUT_OFF, Chance, Tally, enter
from communique.flow._home import look_home
from communique.flow._turns import Turn, Turns
from communique.flow._visit import Means, Visit, visits
from communique.flow.ledger import DuePage, DueSource, Ledger
from communique.kit import urls

BATCH = 2000  # due sources, and due pages, that one pass takes on; what is left is due still
REST_S = 0.5  # the longest that a thread sleeps before it looks whether the pass is to end
LOOK_S = 0.05  # how often the entering thread looks whether the visiting ones are done
PATIENCE_S = 1.0  # for visits under way when the pass is to end: a newsroom has ended within 5 s of Ctrl+C


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridor:
    """All that statements pass through on their way, and the books that they are entered in."""

    ledger: Ledger
    means: Means
    connections: int = 8  # sites that are asked at the same time
    chance: Chance = random.random
    give_way: Callable[[], object] = lambda: None  # called between two transactions, to let others write
    stop: threading.Event = field(default_factory=threading.Event)  # set: end after the visits under way


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """Whether an address or a body is in the books: a visiting thread asks, and waits for the entering one to say."""

    url: str
    answer: Future[bool] = field(default_factory=Future)


_Made = queue.Queue[Visit | _Question]


def run_pass(corridor: Corridor, *, told: Callable[[Visit, Tally], None] | None = None) -> Tally:
    """Visit what is due now, once. An interruption loses nothing: what was not entered is still due."""
    tally = Tally()
    with corridor.ledger.due(corridor.means.clock(), limit=BATCH) as due:
        for visit in _side_by_side(corridor, Turns(_by_site([*due.sources, *due.pages]))):
            entered = enter(visit, ledger=corridor.ledger, chance=corridor.chance)
            tally += entered
            if told:
                told(visit, entered)
            corridor.give_way()
    return tally


def run_until_done(corridor: Corridor, *, told: Callable[[Visit, Tally], None] | None = None) -> Tally:
    """Make passes until nothing is due."""
    tally = Tally()
    while (done := run_pass(corridor, told=told)).visits and not corridor.stop.is_set():
        tally += done
    return tally + done


def _by_site(due: Sequence[DueSource | DuePage]) -> Iterable[list[DueSource | DuePage]]:
    sites: defaultdict[str, list[DueSource | DuePage]] = defaultdict(list)
    for one in due:
        sites[collect.site(urls.host(one.address))].append(one)
    return sites.values()


def _side_by_side(corridor: Corridor, turns: Turns[DueSource | DuePage]) -> Iterator[Visit]:
    """Visit several sites at once, each one's addresses one after the other, and yield visits as they are made."""
    made: _Made = queue.Queue(maxsize=32)  # readers wait when entering is slower
    with ThreadPoolExecutor(max_workers=corridor.connections, thread_name_prefix="visit") as threads:
        futures = [threads.submit(_take_turns, corridor, turns, made) for _ in range(corridor.connections)]
        try:
            yield from _until_done(corridor, made, futures)
        except BaseException:
            corridor.stop.set()
            _drain(corridor, made, futures)
            raise
    for future in futures:
        future.result()  # what a thread raised is a fault of ours and ends the pass


def _take_turns(corridor: Corridor, turns: Turns[DueSource | DuePage], made: _Made) -> None:
    """Ask the sites whose turn it is, until none waits any more."""
    client = corridor.means.client
    try:
        while not corridor.stop.is_set() and (turn := turns.next(client.clock.tick())) is not None:
            if isinstance(turn, float):
                client.wait(min(turn, REST_S))
                continue
            if not (wait_s := _wait_s(client, turn)):
                _ask(corridor, turn, made)
                wait_s = _wait_s(client, turn)
            turns.back(turn, ready_at=client.clock.tick() + wait_s)
    except collect.Stopped:  # broken off; what was not entered is still due
        return


def _wait_s(client: collect.Client, turn: Turn[DueSource | DuePage]) -> float:
    """Yield for how long a site is left aside; 0 also where that is beyond patience: then its visit says so."""
    wait_s = client.wait_s(turn.due[0].address) if turn.due else 0.0
    return wait_s if wait_s <= client.settings.patience_s else 0.0


def _ask(corridor: Corridor, turn: Turn[DueSource | DuePage], made: _Made) -> None:
    """Ask a site for its rules where they are not known, else visit what is next of it."""
    client, one = corridor.means.client, turn.due[0]
    if not turn.has_asked_rules:
        turn.has_asked_rules = client.learn_rules(one.address)
        if turn.has_asked_rules:
            return
    for visit in visits(one, corridor.means, is_known=_asks(made)):
        made.put(_with_wait(visit, client.not_before(urls.host(one.address))))
    if isinstance(one, DueSource) and (home := look_home(one, corridor.means)) is not None:
        made.put(home)
    turn.due.popleft()


def _with_wait(visit: Visit, not_before: datetime | None) -> Visit:
    """Let a visit that was put off, or answered with a wish for a pause, say until when."""
    if visit.trouble is None or visit.trouble.kind not in (PUT_OFF, "asked-to-wait"):
        return visit
    return replace(visit, not_before=not_before)


def _until_done(corridor: Corridor, made: _Made, futures: Sequence[Future[None]]) -> Iterator[Visit]:
    """Yield visits until no more are made. Those that go on for long after the stop are broken off."""
    waited_s = 0.0
    while not all(future.done() for future in futures) or not made.empty():
        try:
            one = made.get(timeout=LOOK_S)
            if isinstance(one, _Question):
                _say(one, corridor)
            else:
                yield one
        except queue.Empty:
            if corridor.stop.is_set() and (waited_s := waited_s + LOOK_S) > PATIENCE_S:
                corridor.means.break_off()


def _drain(corridor: Corridor, made: _Made, futures: Sequence[Future[None]]) -> None:
    for _ in _until_done(corridor, made, futures):
        pass


def _asks(made: _Made) -> Callable[[str], bool]:
    """Yield how a visiting thread learns what is known. The question stands in line behind what it has brought."""

    def is_known(url: str) -> bool:
        question = _Question(url=url)
        made.put(question)
        return question.answer.result()

    return is_known


def _say(question: _Question, corridor: Corridor) -> None:
    """Answer a thread that waits, whatever happens: a pass that is to end breaks its visit off."""
    if corridor.stop.is_set():
        question.answer.set_exception(collect.Stopped("the pass is to end"))
        return
    try:
        question.answer.set_result(corridor.ledger.is_known(question.url))
    except BaseException:
        question.answer.set_exception(collect.Stopped("the ledger could not say what is known"))
        raise
