"""A PDF becomes parts: lines into paragraphs, without running heads, page numbers and hyphens at line ends."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pypdfium2

from communique.kit.text import collapsed
from communique.read._parts import Parts, text_of
from communique.read._pdf_columns import lines_of_columns
from communique.read._plain import of_paragraphs
from communique.read._witnesses import Witness
from communique.records import Trouble

PAGES = 400  # read at most; the longest statement met had 96
_EDGE_LINES = 3  # at top and bottom of a page, where running heads stand
_NOT_A_TITLE = re.compile(
    r"\.(?:docx?|pdf|indd|odt|rtf|qxd|pages)$|^microsoft word|^untitled|^\W*$|^document\d*$", re.I
)
_STAMP = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)\d{0,2}(?:Z|([+-]\d\d)'?(\d\d)'?)?)?")
_OPENS = re.compile(r"^(?:[-*•–—·▪●○◦]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S")
# A hyphen at the end of a line (the library's U+0002 or U+FFFE) between a small and a capital letter: "North-South"
_COMPOUND = re.compile("(?<=[a-z\u00df-\u00ff])[\x02\ufffe](?=\\s*[A-Z\u00c0-\u00de])")
_ENDS_SENTENCE = re.compile(r"[.!?:;。！？।؟»”\"')\]]$")


def pdf(body: bytes, *, url: str) -> Parts | Trouble:
    """Read a PDF that has a text layer; one without says so."""
    try:
        opened = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        reason = "is locked with a password" if "assword" in str(error) else "is broken and can't be opened"
        return Trouble(
            room="read",
            kind="bad-pdf",
            detail=f"{url or 'the PDF'} {reason}; ask its publisher for another",
            passing=False,
        )
    try:
        pages = [_lines(opened, number) for number in range(min(len(opened), PAGES))]
        described = opened.get_metadata_dict()
    finally:
        opened.close()
    paragraphs = _paragraphs(_without_running_heads(pages))
    if not text_of(paragraphs):
        detail = f"{url or 'the PDF'} is scanned: {len(pages)} pages without text; it needs character recognition first"
        return Trouble(room="read", kind="no-text", detail=detail, passing=False)
    return _described(of_paragraphs(paragraphs), described)


def _lines(opened: Any, number: int) -> list[str]:
    try:
        page = opened[number].get_textpage()
        columns = lines_of_columns(page)
        text: str = page.get_text_bounded() if columns is None else "\n".join(columns)
    except pypdfium2.PdfiumError:  # one broken page does not cost the others
        return []
    text = _COMPOUND.sub("-", text)
    return [line for raw in re.split(r"[\r\n]+", text) if (line := collapsed(raw.replace("\ufffe", "\u00ad")))]


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Drop lines that stand at the edge of most pages, digits apart, and page numbers."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_faceless(line) for line in [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]})
    running = {line for line, count in seen.items() if count >= 3 and count > len(pages) / 2} | _outermost(pages)
    return [
        [line for number, line in enumerate(lines) if not _is_running(line, number, len(lines), running)]
        for lines in pages
    ]


def _outermost(pages: list[list[str]]) -> set[str]:
    """Yield the first and last lines that all left or all right pages share; of two pages, both."""
    filled = [lines for lines in pages if len(lines) > 1]
    sides = (filled[::2], filled[1::2]) if len(filled) > 3 else (filled,) if len(filled) > 1 else ()
    shared = (set.intersection(*({_faceless(lines[at])} for lines in side)) for side in sides for at in (0, -1))
    return set().union(*shared)


def _is_running(line: str, number: int, count: int, running: set[str]) -> bool:
    is_edge = number < _EDGE_LINES or number >= count - _EDGE_LINES
    is_number = re.fullmatch(
        r"(?:page |seite |página |стр\. ?|[-–— ]*)?\d{1,4}(?:[ /]*(?:of|von|de|из)?[ /]*\d{1,4})?[-–— ]*", line, re.I
    )
    return is_edge and (_faceless(line) in running or is_number is not None)


def _faceless(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _paragraphs(pages: list[list[str]]) -> tuple[str, ...]:
    """Join lines: a paragraph ends where a sentence ends on a short line, and before an entry of a list."""
    lines = [line for page in pages for line in page]
    lengths = sorted(len(line) for line in lines)
    full = lengths[int(len(lengths) * 0.8)] if lengths else 0
    made: list[str] = []
    before = ""
    for line in lines:
        if made and _goes_on(before, line, full):
            made[-1] = _joined(made[-1], line)
        else:
            made.append(line)
        before = line
    return tuple(collapsed(one.replace("\u00ad", "")) for one in made)


def _goes_on(before: str, line: str, full: int) -> bool:
    if before.endswith(("\u00ad", "-")) and line[0].islower():
        return True
    if _OPENS.match(line):
        return False
    if len(before) < full * 0.6:  # a heading, an address, a signer, or the last line of a paragraph
        return line[0].islower() and not _ENDS_SENTENCE.search(before)
    return not (len(before) < full * 0.85 and _ENDS_SENTENCE.search(before))


def _joined(text: str, line: str) -> str:
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if text.endswith("-") and line[0].islower() and text[-2:-1].isalpha():
        return text[:-1] + line
    return f"{text} {line}"


def _described(parts: Parts, described: dict[str, str]) -> Parts:
    named = collapsed(described.get("Title") or "")
    title = parts.title if not named or _NOT_A_TITLE.search(named) or len(named) < 8 else named
    kept = _without_title(parts.paragraphs, title)
    author = collapsed(described.get("Author") or "")
    return replace(
        parts,
        title=title,
        paragraphs=kept,
        byline=author if 2 < len(author) <= 80 and " " in author else None,
        witnesses=(*parts.witnesses, *_made(described.get("CreationDate") or "")),
    )


def _without_title(paragraphs: tuple[str, ...], title: str | None) -> tuple[str, ...]:
    """Drop the title where it is printed over the text; a title of full lines runs on into the first paragraph."""
    if title and len(paragraphs[0]) > len(title) and paragraphs[0].startswith(f"{title} "):
        return (paragraphs[0][len(title) :].strip(), *paragraphs[1:])
    return tuple(one for one in paragraphs if one != title) or paragraphs


def _made(written: str) -> tuple[Witness, ...]:
    """Yield the day on which the file was made: the day of publication, or some days or a template's age before."""
    found = _STAMP.match(written)
    return (Witness(at=f"{found[1]}-{found[2]}-{found[3]}", evidence="pdf", weight=0.6),) if found else ()
