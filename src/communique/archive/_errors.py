"""What goes wrong as a whole: the room's base exception and its kinds. Each class's docstring is its message."""

# ruff: noqa: N818 - house style: an exception is called what happened (`Diverged`), and the base says that it is an error

from __future__ import annotations


class ArchiveError(Exception):
    """The archive could not do what it promises."""

    def __init__(self, where: object, found: str = "", *, advice: str = "") -> None:
        """Say the class's sentence, then where, what was found and what to do."""
        said = (type(self).__doc__ or "").strip().rstrip(".")
        super().__init__(f"{said}: {where}" + (f": {found}" if found else "") + (f"; {advice}" if advice else ""))


class NotKept(ArchiveError):
    """The evidence could not be written, and nothing of it remains."""


class Diverged(ArchiveError):
    """The log holds something else than what is to be written to it; nothing was changed."""


class BadKey(ArchiveError):
    """A key of the log can't be used."""


class BadNote(ArchiveError):
    """A signed note does not hold."""


class BadLog(ArchiveError):
    """A file of the log is missing or damaged."""
