"""The press desk's types: what each means, its PLOVER type, its CAMEO root, and which slots its companions fill.

The codebook (docs/reference/events.md) is printed from this table. PLOVER after the Open Event Data Alliance (2021);
CAMEO roots after Schrodt, CAMEO Codebook 1.1b3 (2012), where a type lies within one root; else None.
"""

from __future__ import annotations

from typing import NamedTuple

from communique.records import EventType, Modality


class Type(NamedTuple):
    """One type of event."""

    means: str
    plover: str  # unless the words say otherwise
    cameo: str | None  # two digits
    object: str | None = None  # slot of a body that the verb acts on
    owner: str | None = None  # slot of a body whose thing the verb acts on
    to: str | None = None  # slot of a body to whom it is said or given
    with_: str | None = None  # slot of a body with whom it is done


# What is announced and not yet done: PLOVER counts a promised gift or concession as AGREE (it keeps CAMEO 03, "express
# intent to cooperate"), and force or sanctions held out as THREATEN (CAMEO 13).
AHEAD = {"AID": "AGREE", "CONCEDE": "AGREE", "COERCE": "THREATEN", "SANCTION": "THREATEN", "ASSAULT": "THREATEN"}


def plover(done: str, modality: Modality) -> str:
    """Yield the PLOVER type of an act that is of another one when it is done."""
    return AHEAD.get(done, done) if modality in ("planned", "conditional") else done


TYPES: dict[EventType, Type] = {
    "STATE": Type("says or issues something, no more", "NONE", "01", to="addressee"),
    "CONDEMN": Type("speaks against an act or a body", "ACCUSE", "11", "target", "target"),
    "SUPPORT": Type(
        "stands by, welcomes, greets, endorses, condoles", "SUPPORT", "05", "target", None, "target", "target"
    ),
    "THANK": Type("thanks", "SUPPORT", None, "target", None, "target"),
    "CALL": Type("asks, urges, demands, appeals", "REQUEST", None, "addressee", None, "addressee"),
    "WARN": Type("warns; THREATEN where it threatens", "NONE", None, "addressee", None, "addressee"),
    "REPORT": Type("tells of what others did", "NONE", None),
    "PUBLISH": Type("brings out a text, a film, a list", "NONE", None),
    "CONVENE": Type("holds a gathering", "CONSULT", None),
    "MEET": Type("meets somebody, or attends", "CONSULT", "04", "target", None, None, "target"),
    "ELECT": Type("chooses for an office", "NONE", None, "target"),
    "RESIGN": Type("leaves an office", "NONE", None),
    "RUN": Type("stands for an office", "NONE", None),
    "MERGE": Type("unites with another body", "COOPERATE", None, None, None, "target", "target"),
    "JOIN": Type("enters a body", "NONE", None, "target", None, "target"),
    "LEAVE": Type("leaves a body", "RETREAT", None, "target"),
    "RENAME": Type("takes a new name", "NONE", None),
    "FOUND": Type("is founded, or founds", "NONE", None),
    "JUDGE": Type("a court decides; SANCTION where it convicts, CONCEDE where it acquits", "NONE", None, "target"),
    "DETAIN": Type("takes or holds somebody", "COERCE", "17", "target"),
    "ACT": Type("strikes, marches, protests", "PROTEST", "14"),
    "COMMEMORATE": Type("marks an anniversary or a death", "NONE", None),
    "AGREE": Type("reaches an agreement", "AGREE", "05", None, "target", None, "target"),
    "DECIDE": Type("resolves, adopts, appoints", "NONE", None),
    "AID": Type("gives help", "AID", "07", None, "target", "target"),
    "DENY": Type("says that it is not so, or turns down", "REJECT", "12", "target", "target"),
    "DEED": Type("any other act", "NONE", None),
    "CORRECT": Type("corrects an earlier statement", "NONE", None),
    "PLEDGE": Type("promises", "NONE", None, None, None, "addressee"),
    "AWARD": Type("gives a prize", "NONE", None, None, None, "target"),
    "INVITE": Type("invites", "CONSULT", None, "target"),
}
