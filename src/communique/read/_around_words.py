"""The words of `data/around.toml`, compiled: what stands around a statement, in some thirty languages."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Literal

Kind = Literal[
    "comments", "reply", "contacts", "letterhead", "updates", "live", "consent", "robots", "subscribers"
]  # fmt: skip

_TELEPHONE = re.compile(r"(?:\+|\b00?)?\(?\d{2,5}\)?(?:[ ./·–-]{1,2}\(?\d{2,7}\)?){1,5}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+(?:@|\s?\[at\]\s?|\s?\(at\)\s?)[\w-]+(?:\.|\s?\[dot\]\s?)\w|https?://\S|\bwww\.\w", re.I)


@cache
def phrases(kind: Kind) -> re.Pattern[str]:
    """Yield the pattern that finds one of the words of a kind anywhere."""
    return re.compile(rf"(?<!\w)(?:{_joined(kind)})", re.I)


@cache
def opening(kind: Kind) -> re.Pattern[str]:
    """Yield the pattern of how a line begins with a word of a kind."""
    return re.compile(rf"^\W{{0,4}}(?:{_joined(kind)})(?!\w)", re.I)


@cache
def line(kind: Kind) -> re.Pattern[str]:
    """Yield the pattern of a line that is a word of a kind, with a number or a day at most, marks at its ends."""
    return re.compile(rf"\W*(?:\d+\s?)?(?:{_joined(kind)})(?:[\s:(#.,/–-]*(?:n[ro°º]?\.?\s?)?[\d./\s–-]*)?\W*", re.I)


def telephones(text: str) -> int:
    """Count what looks like a telephone number: seven figures at least."""
    return sum(sum(map(str.isdigit, found[0])) >= 7 for found in _TELEPHONE.finditer(text))


def addresses(text: str) -> int:
    """Count mail and web addresses."""
    return sum(1 for _ in _MAIL.finditer(text))


def _joined(kind: Kind) -> str:
    return "|".join(word for words in _tables()[kind].values() for word in words)


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    written = resources.files("communique.read").joinpath("data/around.toml").read_text("utf-8")
    return tomllib.loads(written)
