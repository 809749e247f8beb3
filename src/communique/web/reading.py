"""Who reads for the desk what somebody types there: the reading processes of this newsroom, where it has some.

The serving process stays small: it does not load lexicons and gazetteers, the reading processes have them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from communique.flow.reading import Here, Proofreader, Wish
from communique.records import (
    Capture,
    Coding,
    Context,
    Document,
    Draft,
    Explanation,
    Finding,
    Hints,
    SourceText,
    Trouble,
)
from communique.web.workspace import Workspace

_readers: list[Proofreader] = []  # of this process, the newest last


@contextmanager
def by(reader: Proofreader) -> Iterator[None]:
    """Let a reader do what the desk asks for, while the block runs."""
    _readers.append(reader)
    try:
        yield
    finally:
        _readers.remove(reader)


def findings(text: str, context: Context, sources: Sequence[SourceText], workspace: Workspace) -> tuple[Finding, ...]:
    """Hold a draft against its sources. What can't be checked is not passed over: then a finding blocks."""
    found = _reader(workspace).findings(text, context, sources)
    if not isinstance(found, Trouble):
        return found
    advice = f"this draft could not be checked: {found.detail}"
    return (Finding(kind="unchecked", span=(0, len(text)), text=text, blocks=True, advice=advice),)


def proposal(wish: Wish, workspace: Workspace) -> Draft:
    """Make a sentence for a statement; where none can be made, an empty one that says why."""
    made = _reader(workspace).proposal(wish)
    return Draft(text="", language=wish.language, rule=made.detail) if isinstance(made, Trouble) else made


def coding(text: str, context: Context, workspace: Workspace) -> Coding | Trouble:
    """Code a text of which an editor corrected something."""
    return _reader(workspace).coding(text, context)


def explained(capture: Capture, hints: Hints, workspace: Workspace) -> tuple[Document, Explanation] | Trouble:
    """Read a stored page again and say how."""
    return _reader(workspace).explained(capture, hints)


def _reader(workspace: Workspace) -> Proofreader:
    return _readers[-1] if _readers else Here(workspace.registry)
