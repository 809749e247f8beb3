"""The answers on the way to a page are evidence as well."""

from __future__ import annotations

from pathlib import Path

from communique import archive
from communique.kit import digest
from communique.records import Redirect

from .test_evidence import CaptureMaker, checked, kinds


def test_redirects_are_kept_beside_the_answer_that_they_led_to(tmp_path: Path, capture: CaptureMaker) -> None:
    hops = tuple(
        Redirect(
            url=f"http://nurses.example/{number}", at=capture().fetched_at, status=301, address="192.0.2.7",
            headers=(("Location", f"/{number + 1}"), ("X-Odd", "grüße\nx")),
        )
        for number in (1, 2)
    )  # fmt: skip
    asked = capture(url="http://nurses.example/1", final_url="http://nurses.example/3", redirects=hops)

    evidence = archive.keep(asked, folder=tmp_path)

    assert archive.answer(evidence, folder=tmp_path) == asked
    assert kinds(tmp_path) == ["warcinfo", "response", "request", "response", "response"]
    assert checked(tmp_path) == ""


def test_an_index_made_again_takes_no_redirect_for_a_payload(tmp_path: Path, capture: CaptureMaker) -> None:
    said = (("Location", "/b"),)
    hop = Redirect(url="http://a.example/", at=capture().fetched_at, status=302, headers=said, address=None)
    archive.keep(capture(url="http://a.example/", redirects=(hop,)), folder=tmp_path)
    (tmp_path / archive.INDEX).write_bytes(b"damaged")
    archive.mend(tmp_path)

    archive.keep(capture(url="http://b.example/", body=b"", digest=digest.sha256(b"")), folder=tmp_path)

    assert kinds(tmp_path)[-2:] == ["response", "request"]
