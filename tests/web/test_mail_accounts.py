"""Accounts on mail servers stand in a file that only its owner reads, and in no address."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.collect import Mailbox
from communique.web import mail_accounts
from communique.web.workspace import WorkspaceError

HEAD = '[press]\nhost = "Mail.Example."\nuser = "desk"\n'


def written(folder: Path, text: str, mode: int = 0o600) -> Path:
    (folder / "mail.toml").write_text(text, encoding="utf-8")
    (folder / "mail.toml").chmod(mode)
    return folder


def test_without_a_file_there_are_no_accounts(tmp_path: Path) -> None:
    assert mail_accounts.of(tmp_path) == ()


def test_a_password_stands_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "press").write_text("secret\n", encoding="utf-8")
    (tmp_path / "press").chmod(0o600)

    found = mail_accounts.of(written(tmp_path, HEAD + 'password_file = "press"'))

    assert found == (Mailbox(name="press", host="mail.example", user="desk", password="secret"),)


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        (HEAD + 'password = "x"', 0o644, "chmod 600"),
        (HEAD, 0o600, "needs one of password_file"),
        (HEAD + 'password = "x"\npassword_env = "Y"', 0o600, "needs one of"),
        (HEAD + 'password_file = "missing"', 0o600, "can't be read"),
        (HEAD + 'password_env = "COMMUNIQUE_TEST_NOT_SET"', 0o600, "not set"),
        (HEAD + 'pasword = "x"', 0o600, "pasword, which is not known"),
        ('[press]\nuser = "desk"\npassword = "x"', 0o600, "needs host and user"),
        ("press = 1", 0o600, "must be a table"),
        ("[press", 0o600, "no TOML"),
    ],
)
def test_a_fault_in_the_file_is_said_in_one_sentence(tmp_path: Path, text: str, mode: int, said: str) -> None:
    with pytest.raises(WorkspaceError, match=said):
        mail_accounts.of(written(tmp_path, text, mode))
