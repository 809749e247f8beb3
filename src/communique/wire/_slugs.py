"""The last part of an address: plain ASCII, from the first wording, the same for ever.

Latin letters lose their marks (Unicode NFKD and a short table for those that do not decompose), Greek and Cyrillic
are written in Latin letters. Other scripts have no spelling in Latin letters that a table of single letters could
give; a text in them alone has its language as slug (`/d/12/ar/`), which keeps addresses free of percent signs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from communique.kit import digest
from communique.records import Dispatch

LONGEST = 64  # characters: about ten words, and short enough to stay whole in a mail
_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ‘`´](?=\w)")
_SEGMENT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,95})")

_LATIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "ng",
    "ə": "e", "ĸ": "k",
}  # fmt: skip
_CYRILLIC = dict(re.findall(r"(\S)=(\w*)",
    "а=a б=b в=v г=g ґ=g д=d е=e є=ye ж=zh з=z и=i і=i ї=yi й=y ј=j к=k л=l љ=lj м=m н=n њ=nj о=o п=p р=r с=s т=t "
    "у=u ў=u ф=f х=kh ц=ts ч=ch џ=dz ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya ђ=dj ћ=c ѓ=gj ќ=kj ѕ=dz"
))  # fmt: skip
_GREEK = dict(re.findall(r"(\S)=(\w*)",
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o"
))  # fmt: skip
_TABLE = str.maketrans(_LATIN | _CYRILLIC | _GREEK)


@lru_cache(maxsize=4096)  # a dispatch's address stands on some ten pages of a build
def slug(text: str, otherwise: str) -> str:
    """Yield at most LONGEST characters of a-z, 0-9 and single hyphens that recall the text.

    `otherwise` stands for a text that has none: the language of a dispatch, the day on which a story was named.
    """
    whole = _APOSTROPHES.sub("", text[: 8 * LONGEST].casefold()).translate(_TABLE)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", whole) if not unicodedata.combining(letter))
    words = _WORD.findall(bare.translate(_TABLE))
    made = _joined(words)
    return made if any(letter.isalpha() for letter in made) else segment(otherwise.lower())


def _joined(words: list[str]) -> str:
    made = ""
    for word in words:
        longer = f"{made}-{word}" if made else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        made = longer
    return made


def first_wording(dispatch: Dispatch) -> str:
    """Yield the text as it was first published."""
    return next((change.before for change in dispatch.corrections if change.before is not None), dispatch.text)


def of_dispatch(dispatch: Dispatch) -> str:
    """Yield the slug of a dispatch's first wording."""
    return slug(first_wording(dispatch), dispatch.language)


def segment(key: str) -> str:
    """Yield a key as one part of a path. A key that could not stand there safely becomes its slug and digest."""
    if _SEGMENT.fullmatch(key):
        return key
    words = _joined(_WORD.findall(key.casefold())[:6])
    mark = digest.sha256_of_text(key).removeprefix("sha256:")[:10]
    return f"{words}-{mark}" if words else mark
