"""What editors said of two documents leaves in a fixed shape, which `communique match` reads."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator
from tests.cli.conftest import Run
from tests.web.inbox.conftest import Desk
from tests.web.inbox.test_same_or_not import _say

from communique.web.workspace import Workspace


def test_a_pair_keeps_to_its_schema_and_goes_into_match(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    _say(Desk(workspace=newsroom), "story")
    done = run("export", "pairs", "--quiet")
    (row,) = map(json.loads, done.stdout.splitlines())
    lines = tmp_path / "pair.jsonl"
    lines.write_text("".join(json.dumps(row[name]) + "\n" for name in ("one", "other")), "utf-8")

    matched = run("match", str(lines), "--quiet")

    Draft202012Validator(json.loads(run("schema", "pair").stdout)).validate(row)
    assert (matched.exit_code, len(matched.stdout.splitlines())) == (0, 2)


def test_pairs_leave_as_csv_and_by_day(newsroom: Workspace, run: Run) -> None:
    _say(Desk(workspace=newsroom), "document")

    assert run("export", "pairs", "--quiet", "--format", "csv").stdout.startswith("id,said,score,by,at,one,other\n")
    assert run("export", "pairs", "--quiet", "--since", "2100-01-01").stdout == ""
