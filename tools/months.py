#!/usr/bin/env python3
"""Write src/communique/kit/data/months.json anew: names of the months by the Unicode CLDR, by way of Babel.

Shipped as a file because a process that asks Babel for sixty languages keeps 30 MiB of other words in memory.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale, localedata

# Languages in which organisations publish; the Arabic of the Levant and of the Maghreb has other names than Egypt's.
LOCALES = (
    "af", "am", "ar", "ar_DZ", "ar_IQ", "ar_MA", "ar_SY", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de",
    "de_AT", "el", "en", "en_GB", "eo", "es", "et", "eu", "fa", "fa_AF", "fi", "fil", "fo", "fr", "fr_CA", "ga", "gl",
    "gu", "ha", "he", "hi", "hr", "hu", "hy", "id", "ig", "is", "it", "ja", "ka", "kk", "km", "kn", "ko", "ku", "ky",
    "lb", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "mt", "my", "nb", "ne", "nl", "nn", "pa", "pl", "ps", "pt",
    "ro", "ru", "rw", "si", "sk", "sl", "so", "sq", "sr", "sr_Latn", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk",
    "tr", "uk", "ur", "uz", "vi", "xh", "yo", "zh", "zu",
)  # fmt: skip
TARGET = Path(__file__).parents[1] / "src/communique/kit/data/months.json"


def names(locale: str) -> dict[str, int]:
    """Yield month by name, case folded and without a last full stop, in every form and width of one locale."""
    # Babel resolves an alias of one locale within what it inherits from the root, so what was asked before shows
    # through in what is asked later ("avqust" in Afrikaans): each locale is read into an empty cache.
    localedata._cache.clear()
    forms = Locale.parse(locale).months
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, written in forms[context][width].items():
                name = written.casefold().strip(". ")
                if len(name) > 1 and not any(letter.isdigit() for letter in name):
                    found.setdefault(name, number)
    return found


def table() -> dict[str, dict[str, int]]:
    """Yield the names of each locale that has any."""
    return {locale: found for locale in LOCALES if (found := names(locale))}


def written() -> str:
    """Yield the file's text."""
    return json.dumps(table(), ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
