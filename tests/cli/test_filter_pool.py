"""Lines that hang, die or want too much memory cost themselves, and nobody else."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import time
from dataclasses import replace
from typing import Any

import pytest

from communique.cli._filter import Filter, run
from communique.cli._progress import Progress


def work(fields: dict[str, Any]) -> dict[str, Any]:
    """Do what the line says: for the tests below."""
    if fields["do"] == "hang":
        time.sleep(600)
    if fields["do"] == "die":
        os._exit(9)
    if fields["do"] == "grow":
        return {"length": len(bytearray(4 * 1024**3))}
    if fields["do"] == "fail":
        raise KeyError("a fault of ours")
    if fields["do"] == "fall":
        raise ValueError("another fault of ours")
    return {"done": fields["do"]}


# Three processes that begin at once take seconds on a busy machine before they do anything.
POOL = Filter(room="read", work=work, deadline_s=8.0, memory_bytes=1024**3)


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_line_that_hangs_dies_or_grows_is_a_trouble_in_its_place(jobs: int) -> None:
    given = [json.dumps({"do": what}).encode() for what in ("a", "hang", "b", "die", "c", "grow", "d")]

    answers = list(run(POOL, given, jobs, Progress("read", quiet=True)))

    assert [answer["id"] for answer in answers] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [answer.get("done") for answer in answers] == ["a", None, "b", None, "c", None, "d"]
    assert [answer["trouble"]["kind"] for answer in answers if "trouble" in answer] == ["deadline", "crash", "memory"]


@pytest.mark.parametrize("deadline_s", [None, 5.0])
def test_a_fault_of_ours_costs_its_line_and_says_where(deadline_s: float | None) -> None:
    given = [json.dumps({"do": what}).encode() for what in ("a", "fail", "b")]

    answers = list(run(replace(POOL, deadline_s=deadline_s), given, 1, Progress("read", quiet=True)))

    assert [answer.get("done") for answer in answers] == ["a", None, "b"]
    assert answers[1]["trouble"]["kind"] == "fault"
    assert "KeyError in " in answers[1]["trouble"]["detail"]


def test_a_reader_that_leaves_ends_the_pool_at_once() -> None:
    given = (json.dumps({"do": what}).encode() for what in ("a", "hang", "hang", "hang"))
    before = set(multiprocessing.active_children())
    answers = run(POOL, given, 1, Progress("read", quiet=True))

    assert next(answers)["done"] == "a"
    answers.close()  # type: ignore[attr-defined]  # an Iterator that is a generator

    assert set(multiprocessing.active_children()) <= before


def test_the_trace_of_a_fault_goes_to_stderr_once(capsys: pytest.CaptureFixture[str]) -> None:
    given = [json.dumps({"do": "fall"}).encode()] * 3

    answers = list(run(replace(POOL, deadline_s=None), given, 1, Progress("read", quiet=True)))

    assert [answer["trouble"]["kind"] for answer in answers] == ["fault"] * 3
    assert capsys.readouterr().err.count("ValueError: another fault of ours") == 1


@pytest.mark.parametrize("name", ["listing", "feed"])
def test_a_command_of_the_room_read_bears_its_own_name(name: str) -> None:
    module = importlib.import_module(f"communique.cli.{name}")

    assert (module.command.name, module.FILTER.room) == (name, "read")
    assert module.FILTER.deadline_s
    assert module.FILTER.memory_bytes
