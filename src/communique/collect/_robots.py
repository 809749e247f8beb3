"""robots.txt as RFC 9309 has it: fetched once a day, 4xx means free, 5xx and silence mean wait."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from protego import Protego

from communique.collect._address import Hop
from communique.collect._answer import Answer
from communique.collect._notes import Notes, Rules
from communique.collect._settings import KIB, Clock, Settings
from communique.collect._trouble import shown, trouble
from communique.records import Trouble

LIMIT_BYTES = 500 * KIB  # RFC 9309, section 2.5: at least this much must be read
KEPT = timedelta(days=1)  # section 2.4: not longer than a day
RETRY = timedelta(minutes=5)  # how soon a robots.txt that could not be had is asked for again
LONGEST_DELAY_S = 24 * 3600.0  # a longer Crawl-delay counts as a day
_ORIGINS = 4096  # rules kept; the oldest go first
_AGENT = re.compile(r"^([^\S\r\n]*user[- ]?agent[^\S\r\n]*:?[^\S\r\n]*)([^\r\n#]*)", re.I | re.M)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What an origin's robots.txt said, and until when that holds."""

    rules: Protego | None  # None: everything is free
    trouble: Trouble | None  # why nothing may be fetched
    until: datetime  # aware UTC


class Robots:
    """The rules of all origins, shared by all threads of a client, and through the notes by all processes of a desk."""

    def __init__(
        self, fetch: Callable[[str], Answer | Trouble], settings: Settings, clock: Clock, notes: Notes
    ) -> None:
        self._fetch = fetch
        self._settings = settings
        self._clock = clock
        self._notes = notes
        self._guard = Lock()
        self._locks: dict[str, Lock] = {}
        self._standing: dict[str, _Standing] = {}

    def pause_s(self, hop: Hop) -> float | Trouble:
        """Yield the pause that the origin asks for (0 for none), or why the address may not be fetched."""
        if not self._settings.respect_robots:
            return 0.0
        standing = self._of(hop.origin)
        if isinstance(standing, Trouble):
            return standing
        if standing.trouble is not None:
            return standing.trouble
        return 0.0 if standing.rules is None else self._judged(hop, standing.rules)

    def are_known(self, hop: Hop) -> bool:
        """Tell whether the rules for an address can be told without asking its site."""
        return not self._settings.respect_robots or self._held(hop.origin) is not None

    def _judged(self, hop: Hop, rules: Protego) -> float | Trouble:
        robot = self._settings.robot
        if not rules.can_fetch(hop.url, robot):
            detail = f"{hop.origin}/robots.txt asks {robot} not to fetch {shown(hop.url)}; ask its owner, or leave it"
            return trouble("robots", detail, passing=False)
        delay_s = rules.crawl_delay(robot) or 0.0
        return min(delay_s, LONGEST_DELAY_S) if delay_s > 0 else 0.0

    def _of(self, origin: str) -> _Standing | Trouble:
        with self._guard:
            lock = self._locks.setdefault(origin, Lock())
        with lock:
            held = self._held(origin)
            if held is not None:
                return held
            found = self._asked(origin, self._standing.get(origin))
            if isinstance(found, _Standing):
                self._keep(origin, found)
            return found

    def _held(self, origin: str) -> _Standing | None:
        """Yield what is known and holds still, here or in the notes."""
        now = self._clock.now()
        known = self._standing.get(origin)
        if known is not None and now < known.until:
            return known
        written = self._notes.rules(origin)
        if written is None or now >= written.until:
            return None
        found = self._read(written)
        self._keep(origin, found)
        return found

    def _read(self, rules: Rules) -> _Standing:
        read = None if rules.body is None else parsed(rules.body, self._settings.robot)
        return _Standing(read, None, rules.until)

    def _noted(self, origin: str, rules: Rules) -> _Standing:
        self._notes.note_rules(origin, rules)
        return self._read(rules)

    def _keep(self, origin: str, found: _Standing) -> None:
        with self._guard:
            self._standing.pop(origin, None)
            self._standing[origin] = found
            if len(self._standing) > _ORIGINS:
                del self._standing[next(iter(self._standing))]

    def _asked(self, origin: str, known: _Standing | None) -> _Standing | Trouble:
        answer = self._fetch(f"{origin}/robots.txt")
        now = self._clock.now()
        if isinstance(answer, Trouble) and answer.kind == "not-yet":
            return answer  # it was not asked at all
        if isinstance(answer, Trouble) and answer.kind == "redirects":
            return self._noted(origin, Rules(body=None, until=now + KEPT))  # section 2.3.1.2: it counts as not there
        if isinstance(answer, Trouble) or answer.status >= 500:
            if known is not None and known.trouble is None:
                return _Standing(known.rules, None, now + RETRY)  # section 2.4: the old copy serves meanwhile
            return _Standing(None, _unreachable(origin, answer), now + RETRY)
        if 200 <= answer.status < 300:
            return self._noted(origin, Rules(body=answer.body[:LIMIT_BYTES], until=now + KEPT))
        return self._noted(origin, Rules(body=None, until=now + KEPT))


def _unreachable(origin: str, answer: Answer | Trouble) -> Trouble:
    """Say why nothing may be fetched. A site that can't be reached at all keeps its own trouble."""
    if isinstance(answer, Trouble):
        return answer
    detail = f"{origin}/robots.txt answers {answer.status}, and until it can be read nothing is fetched there; wait"
    return trouble("robots-unreachable", detail, passing=True)


def parsed(body: bytes, robot: str) -> Protego:
    """Read a robots.txt.

    Groups of other robots get one common name first: their order and extent stay, and a file of ten thousand
    groups with ten thousand rules each can't make a hundred million.
    """
    text = "\n".join(body[:LIMIT_BYTES].decode("utf-8-sig", "replace").splitlines())  # all that Protego parts at
    return Protego.parse(_AGENT.sub(lambda found: found[1] + _ours(found[2], robot), text))


def _ours(agent: str, robot: str) -> str:
    name = agent.strip().partition("/")[0].strip().lower()
    return name if name in ("*", robot.lower()) else "other"
