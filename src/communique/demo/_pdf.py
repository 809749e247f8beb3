"""A statement as a small PDF (ISO 32000-1): one standard font, no dependency. Latin script only."""

from __future__ import annotations

import textwrap
from datetime import datetime

LINES, COLUMNS = 46, 84  # on an A4 page, 11 point with 15 point between lines
_TOP, _LEFT, _STEP = 780, 62, 15


def pdf(*, title: str, text: str, author: str, at: datetime) -> bytes:
    """Yield the document; `text` has paragraphs parted by blank lines. What Windows-1252 lacks raises."""
    lines = [*textwrap.wrap(title, 60), "", *_wrapped(text)]
    sheets = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(sheets)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        _particulars(title, author, at),
    ]
    for number, sheet in enumerate(sheets):
        bodies += [_page(6 + 2 * number), _content(sheet)]
    return _file(bodies)


def _wrapped(text: str) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        for line in paragraph.split("\n"):
            lines += textwrap.wrap(line, COLUMNS)
        lines.append("")
    return lines


def _string(text: str) -> bytes:
    raw = text.encode("cp1252")
    for mark in (b"\\", b"(", b")"):
        raw = raw.replace(mark, b"\\" + mark)
    return b"(" + raw + b")"


def _wide_string(text: str) -> bytes:
    """Yield a text string outside of the page's content: UTF-16 with its mark, as hex."""
    return b"<" + ("\ufeff" + text).encode("utf-16-be").hex().encode() + b">"


def _particulars(title: str, author: str, at: datetime) -> bytes:
    stamp = at.strftime("D:%Y%m%d%H%M%S") + at.strftime("%z")[:3] + "'" + at.strftime("%z")[3:5] + "'"
    parts = (b"/Title ", _wide_string(title), b" /Author ", _wide_string(author), f" /CreationDate ({stamp})".encode())
    return b"<< " + b"".join(parts) + b" >>"


def _page(content: int) -> bytes:
    fonts = "/Resources << /Font << /F1 3 0 R >> >>"
    return f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {fonts} /Contents {content} 0 R >>".encode()


def _content(lines: list[str]) -> bytes:
    drawn = b"\n".join(_string(line) + b" Tj T*" for line in lines)
    stream = f"BT /F1 11 Tf {_STEP} TL {_LEFT} {_TOP} Td\n".encode() + drawn + b"\nET"
    return f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream"


def _file(bodies: list[bytes]) -> bytes:
    """Put numbered objects into a file with its table of places. Object 4 holds title, author and day."""
    written, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n"
    tail = f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + (head + table + tail).encode()
