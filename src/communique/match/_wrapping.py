"""What is put around somebody's text on another's page: a dateline in front, the tail of a feed behind."""

from __future__ import annotations

import re

# "LISBON, 19.6.2019 – ", "GHENT (ICP, 19 June) — ", "【東京19日】", "北京6月19日电": a town in capitals, or a day in
# digits, before a dash. "We, 98 organisations – from" is none.
_CAPITALS = "A-ZÀ-ÖØ-ÞΆ-ΏΑ-ΩА-ЯЁІЇЄ"
_DATELINE = re.compile(
    r"\A\s{0,9}(?:"
    rf"[{_CAPITALS}][{_CAPITALS} .'’-]{{2,30}}(?:[,(][^\n–—!?]{{2,40}})?\s?[–—-]{{1,2}}\s"
    r"|[^\W\d_][^\n,،(–—!?.:;]{1,30}[,،(][^\n–—!?]{0,20}\d{1,2}[./-]\d{1,2}[./-]?[\d.]{0,5}\)?\s?[–—-]{1,2}\s"
    r"|【[^】\n]{2,40}】"
    r"|[^\n，。]{2,12}\d{1,2}月\d{1,2}日[电電]\s?[,，]?"
    r")"
)
# What WordPress writes at the end of each entry of a feed, in its own translations; the last paragraph, alone.
_TAIL = re.compile(
    r"\n[^\n]{0,300}(?:appeared first on|est apparu en premier sur|(?:se publicó|apareció) primero en"
    r"|erschien zuerst auf|apareceu (?:em )?primeiro (?:em|no|na)|è apparso per primo su|verscheen eerst op"
    r"|dök först upp på|(?<=Запись)[^\n]{1,200}впервые появил|εμφανίστηκε πρώτα στ|ظهرت (?:المقالة|أولاً)"
    r"|ilk önce[^\n]{1,80}(?:ortaya çıktı|göründü)|に最初に表示されました|最先出现在)[^\n]{0,200}\s*\Z",
    re.IGNORECASE,
)


def unwrapped(text: str) -> str:
    """Yield the text without what another page put around it; all of it where nothing else would be left."""
    tail = _TAIL.search(text, max(0, len(text) - 600))
    bare = text[: tail.start()] if tail else text
    dateline = _DATELINE.match(bare)
    return bare[dateline.end() :] if dateline and len(bare) > 3 * dateline.end() else bare or text
