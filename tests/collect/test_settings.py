"""Settings that can't work are refused before anything is asked, with the name of the setting."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique import collect


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("contact", "Büro"),
        ("contact", "a\r\nHost: inner"),
        ("user_agent", ""),
        ("user_agent", "/1.0"),
        ("ports", (80, 0)),
        ("ports", (70000,)),
        ("total_s", 0),
        ("body_bytes", -1),
        ("pause_s", -0.5),
        ("redirects", -1),
    ],
)
def test_a_setting_that_can_not_work_is_named(name: str, wrong: object) -> None:
    with pytest.raises(collect.BadSettings, match=rf"collect\.{name}|collect\.user_agent"):
        collect.Settings(**{name: wrong})  # type: ignore[arg-type] # wrong on purpose


@pytest.mark.parametrize("content", [None, b"", b"not a certificate"])
def test_a_file_of_authorities_that_is_none_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(collect.BadSettings, match=r"collect\.authorities.*ca\.pem"):
        collect.client(collect.Settings(authorities=path))
