"""What an editor says of a reading, kept apart from what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AmendedField = Literal["title", "standfirst", "dateline", "byline", "publisher", "published", "language"]
AmendedPart = Literal["leave-out", "take-in", "add-signer", "remove-signer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One correction of one field, one paragraph or one signer."""

    what: AmendedField | AmendedPart
    to: str | None  # the right value: a day as exact as it is known (ISO 8601), a paragraph, a name; None: has none
    was: str | None = None  # the field as it was read; None: it had none, or `what` is no field
    after: str | None = None  # of "take-in": the paragraph that it follows; None: it stands first
    by: str  # user name
    at: str  # ISO 8601 instant
