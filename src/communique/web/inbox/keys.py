"""The keys of the desk, in one table: the key bar, the script and the help page are all made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One thing that keys do. It works where the page has something marked `data-does` with its name."""

    does: str  # the name that a form, link or element of the page answers to
    presses: tuple[str, ...]  # as the browser names them; "mod+" is Ctrl or Cmd
    shows: str  # in the bar and on the help page
    label: str
    meaning: str  # one sentence for the help page
    in_bar: bool = True  # False: only on the help page, so that the bar stays short

    @property
    def names(self) -> tuple[str, ...]:
        """Yield the keys as they are written on keyboards."""
        return tuple(_WRITTEN.get(one, one) for one in self.presses)


_WRITTEN = {
    "ArrowDown": "↓", "ArrowUp": "↑", "Escape": "Esc", "mod+Enter": "Ctrl Enter", "mod+k": "Ctrl K",
}  # fmt: skip
KEYS = (
    Key(does="next", presses=("j", "ArrowDown"), shows="j", label="next", meaning="Go to the next line.", in_bar=False),
    Key(
        does="previous",
        presses=("k", "ArrowUp"),
        shows="k",
        label="previous",
        meaning="Go to the line before.",
        in_bar=False,
    ),
    Key(
        does="open",
        presses=("Enter",),
        shows="Enter",
        label="open",
        meaning="Open the line that is marked.",
        in_bar=False,
    ),
    # While a statement asks whether a document says the same, the digits answer that, and then do what they always do.
    Key(
        does="same-1", presses=("1",), shows="1", label="same statement", meaning="Say that the document says the same."
    ),
    Key(does="same-2", presses=("2",), shows="2", label="another", meaning="Say that it is another statement."),
    Key(
        does="same-3",
        presses=("3",),
        shows="3",
        label="same story",
        meaning="Say that it is another statement of the same story.",
    ),
    Key(does="draft", presses=("1",), shows="1", label="draft", meaning="Draft a dispatch, or go on with the draft."),
    Key(does="words", presses=("e",), shows="e", label="words", meaning="Go to the words, to change them."),
    Key(
        does="merge",
        presses=("2",),
        shows="2",
        label="merge into",
        meaning="Choose a statement that this one belongs to.",
    ),
    Key(does="part", presses=("p",), shows="p", label="part again", meaning="Take the newest merge into it back."),
    Key(does="decline", presses=("3",), shows="3", label="decline", meaning="Take the statement out of the inbox."),
    Key(does="snooze", presses=("h",), shows="h", label="snooze", meaning="Put the statement off until later."),
    Key(does="differences", presses=("=",), shows="=", label="differences", meaning="Show where the documents differ."),
    Key(does="reading", presses=("i",), shows="i", label="as read", meaning="Look at how the document was read."),
    Key(does="event", presses=("y",), shows="y", label="event", meaning="Correct who did what: type, bodies, reality."),
    Key(does="event-right", presses=("r",), shows="r", label="right", meaning="Say that the event is coded right."),
    Key(does="no-event", presses=("0",), shows="0", label="no event", meaning="Say that nothing of the kind was done."),
    Key(does="source-before", presses=("[",), shows="[", label="", meaning="Go to the document before."),
    Key(does="source-after", presses=("]",), shows="]", label="sources", meaning="Go to the next document."),
    Key(does="publish", presses=("mod+Enter",), shows="ctrl Enter", label="publish", meaning="Publish the draft."),
    Key(does="schedule", presses=("t",), shows="t", label="later", meaning="Give the time at which a draft goes out."),
    Key(
        does="unschedule",
        presses=("x",),
        shows="x",
        label="back to draft",
        meaning="Take the time of a scheduled dispatch away.",
    ),
    Key(does="undo", presses=("u",), shows="u", label="undo", meaning="Undo what you did last, within ten minutes."),
    Key(does="take-over", presses=("o",), shows="o", label="take over", meaning="Watch a source at its new address."),
    Key(does="seen", presses=("m",), shows="m", label="seen", meaning="Mark as seen that a source needs a person."),
    Key(does="answer-1", presses=("a",), shows="a", label="answer", meaning="Give the first answer, choose the first."),
    Key(
        does="answer-2",
        presses=("b",),
        shows="b",
        label="",
        meaning="Give the second answer, choose the second.",
        in_bar=False,
    ),
    Key(
        does="answer-3",
        presses=("c",),
        shows="c",
        label="",
        meaning="Give the third answer, choose the third.",
        in_bar=False,
    ),
    Key(does="back", presses=("Escape",), shows="Esc", label="back", meaning="Go back to the list.", in_bar=False),
    Key(
        does="search",
        presses=("mod+k", "/"),
        shows="ctrl K",
        label="search",
        meaning="Search in this list.",
        in_bar=False,
    ),
    Key(does="keys", presses=("?",), shows="?", label="keys", meaning="Show this page.", in_bar=False),
)
