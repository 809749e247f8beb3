"""Troubles of this room, and the signals that become them."""

from __future__ import annotations

from communique.records import Trouble


class Stopped(Exception):  # noqa: N818 - a signal, not an error
    """The client was stopped while a visit was under way; the visit says nothing about its source."""


class Exceeded(Exception):  # noqa: N818 - a signal within this room, not an error
    """An answer went over a limit of the settings; the visit ends and becomes a Trouble."""

    def __init__(self, kind: str, detail: str, *, passing: bool) -> None:
        super().__init__(detail)
        self.trouble = trouble(kind, detail, passing=passing)


def trouble(kind: str, detail: str, *, passing: bool) -> Trouble:
    """Yield a trouble of this room. `detail` is one plain sentence: what, where, what to do."""
    return Trouble(room="collect", kind=kind, detail=detail, passing=passing)


def shown(text: str, limit: int = 200) -> str:
    """Yield a foreign text fit for a sentence: printable, and short."""
    clean = "".join(mark if mark.isprintable() else "�" for mark in text[: limit + 1])
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"
