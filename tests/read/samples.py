"""Captures made from bytes, and small PDFs and mails, for the tests of reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from communique.kit.digest import sha256
from communique.records import Capture

FETCHED_AT = datetime(2024, 6, 1, tzinfo=UTC)
URL = "https://union.example/news/statement"


def capture(
    body: bytes | str, *, media_type: str | None = "text/html", charset: str | None = None, url: str = URL
) -> Capture:
    content = body.encode() if isinstance(body, str) else body
    return Capture(
        source_id="", url=url, final_url=url, fetched_at=FETCHED_AT, status=200, media_type=media_type, charset=charset,
        request_headers=(), headers=(), body=content, digest=sha256(content), address=None,
    )  # fmt: skip


def article(
    *, head: str = "", before: str = "", body: str = "", language: str = "en", title: str = "Dockers reject the offer"
) -> str:
    """A plain page with three paragraphs; `before` stands between headline and text, `body` behind it."""
    return f"""<!DOCTYPE html><html lang="{language}"><head><title>{title}</title>{head}</head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<main><h1>{title}</h1>{before}
<p>The dockers of Solm have rejected the offer of the port company by a wide margin, the union's committee said.</p>
<p>The offer would have raised pay by two per cent a year and ended the night allowance for those under thirty.</p>
<p>“We are ready to talk tomorrow morning,” said the committee, which asked the mayor of the city to mediate.</p>
{body}</main><footer>Dockers' Union of Solm</footer></body></html>"""


def pdf(*pages: Sequence[str | tuple[int, int, str]], created: str = "", title: str = "") -> bytes:
    """A PDF with one line of Helvetica for each string, or at a place; a page without lines is a picture of nothing."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    objects.append(f"<< /CreationDate ({created}) /Title ({title}) >>".encode())
    kids = []
    for lines in pages:
        placed = [(50, 800 - 15 * n, line) if isinstance(line, str) else line for n, line in enumerate(lines)]
        shown = "".join(f"BT /F1 11 Tf {x} {y} Td ({line}) Tj ET\n" for x, y, line in placed)
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream".encode())
        resources = "<< /Font << /F1 3 0 R >> >>"
        page = f"/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R /Resources {resources}"
        objects.append(f"<< {page} >>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)
