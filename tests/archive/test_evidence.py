"""Evidence is on the disk before anything is made of it, and comes back as it was."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import multiprocessing
import random
import resource
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio

from communique import archive
from communique.kit import digest
from communique.records import Capture, Evidence, Trouble

CaptureMaker = Callable[..., Capture]


def kinds(folder: Path) -> list[str]:
    """Yield the types of all records, in the order of files and records."""
    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as stream:
            found += [record.rec_type for record in ArchiveIterator(stream)]
    return found


def checked(folder: Path) -> str:
    """Yield what `warcio check` and `warcio index` say against the files; "" is nothing."""
    said, index = io.StringIO(), io.StringIO()
    names = [str(path) for path in sorted(folder.glob("*.warc.gz"))]
    with contextlib.redirect_stdout(said), pytest.raises(SystemExit) as ended:
        warcio(["check", *names])
    with contextlib.redirect_stdout(index):
        warcio(["index", *names])
    assert index.getvalue().count("\n") == len(kinds(folder))
    return said.getvalue() or ("refused" if ended.value.code else "")


@pytest.fixture
def keep(tmp_path: Path) -> Callable[..., Evidence]:
    """Yield `archive.keep` on a folder of the test."""
    return lambda capture, **other: archive.keep(capture, folder=tmp_path, **other)


def test_a_capture_comes_back_as_it_was(tmp_path: Path, capture: CaptureMaker) -> None:
    asked = capture(
        url="https://nurses.example/pay", final_url="https://www.nurses.example/pay/", address="2001:db8::7"
    )

    evidence = archive.keep(asked, folder=tmp_path)

    assert archive.answer(evidence, folder=tmp_path) == asked
    assert (evidence.url, evidence.digest, evidence.captured_at) == (asked.url, asked.digest, asked.fetched_at)


def test_request_and_response_are_kept_with_digests_that_warcio_confirms(tmp_path: Path, capture: CaptureMaker) -> None:
    archive.keep(capture(), folder=tmp_path)

    assert kinds(tmp_path) == ["warcinfo", "response", "request"]
    assert checked(tmp_path) == ""


def test_the_response_record_says_address_day_and_payload_digest(tmp_path: Path, capture: CaptureMaker) -> None:
    evidence = archive.keep(capture(), folder=tmp_path)

    with (tmp_path / evidence.warc).open("rb") as stream:
        stream.seek(evidence.offset)
        record = next(iter(ArchiveIterator(stream)))
    said = record.rec_headers.get_header
    assert record.rec_headers.protocol == "WARC/1.1"
    assert said("WARC-IP-Address") == "192.0.2.7"
    assert said("WARC-Date") == "2026-03-08T06:30:00.123456Z"
    assert said("WARC-Payload-Digest") == evidence.digest
    assert said("WARC-Block-Digest").startswith("sha256:")


def test_an_answer_that_was_packed_on_the_way_is_not_unpacked_twice(tmp_path: Path, capture: CaptureMaker) -> None:
    headers = (("Content-Encoding", "br"), ("Content-Length", "31"), ("X-Archive-Orig-Server", "a museum"))
    asked = capture(headers=headers)

    evidence = archive.keep(asked, folder=tmp_path)

    assert archive.answer(evidence, folder=tmp_path) == asked
    assert checked(tmp_path) == ""


def test_the_same_payload_at_another_address_is_a_revisit(tmp_path: Path, capture: CaptureMaker) -> None:
    first = archive.keep(capture(), folder=tmp_path)
    again = capture(url="https://press.example/copy", fetched_at=capture().fetched_at + timedelta(hours=1))

    second = archive.keep(again, folder=tmp_path)

    assert kinds(tmp_path)[3:] == ["revisit", "request"]
    assert archive.answer(second, folder=tmp_path) == again
    assert second.digest == first.digest
    assert checked(tmp_path) == ""


def test_a_revisit_finds_its_payload_in_a_file_that_was_renamed(tmp_path: Path, capture: CaptureMaker) -> None:
    first = archive.keep(capture(), folder=tmp_path)
    again = capture(fetched_at=capture().fetched_at + timedelta(days=1))
    second = archive.keep(again, folder=tmp_path)
    (tmp_path / first.warc).rename(tmp_path / "packed.warc.gz")
    archive.mend(tmp_path)

    answer = archive.answer(second, folder=tmp_path)

    assert answer == again


def test_not_modified_is_a_revisit_that_names_what_it_was(tmp_path: Path, capture: CaptureMaker) -> None:
    first = archive.keep(capture(), folder=tmp_path)
    later = capture(
        b"", status=304, media_type=None, charset=None, fetched_at=capture().fetched_at + timedelta(hours=2)
    )

    evidence = archive.keep(later, folder=tmp_path)

    assert archive.answer(evidence, folder=tmp_path) == later
    with (tmp_path / evidence.warc).open("rb") as stream:
        stream.seek(evidence.offset)
        record = next(iter(ArchiveIterator(stream)))
    assert record.rec_headers.get_header("WARC-Profile").endswith("server-not-modified")
    assert record.rec_headers.get_header("WARC-Refers-To") == f"<{first.record_id}>"
    assert checked(tmp_path) == ""


@pytest.mark.parametrize("url", ["mid:2026.pay@nurses.example", "file:///srv/post/Erklärung%20%231.eml"])
def test_mails_and_files_are_kept_as_resources(tmp_path: Path, capture: CaptureMaker, url: str) -> None:
    mail = capture(
        "Subject: Pay\n\nWe call for higher pay.",
        url=url,
        address=None,
        media_type="message/rfc822",
        charset=None,
        headers=(),
        request_headers=(),
    )

    evidence = archive.keep(mail, folder=tmp_path)

    assert kinds(tmp_path) == ["warcinfo", "resource"]
    assert archive.answer(evidence, folder=tmp_path) == mail
    assert checked(tmp_path) == ""


def test_the_same_mail_read_twice_is_a_revisit(tmp_path: Path, capture: CaptureMaker) -> None:
    mail = capture("Subject: Pay\n\n…", url="mid:1@x.example", address=None, headers=(), request_headers=())
    archive.keep(mail, folder=tmp_path)
    again = dataclasses.replace(mail, fetched_at=mail.fetched_at + timedelta(minutes=5))

    evidence = archive.keep(again, folder=tmp_path)

    assert kinds(tmp_path)[-1] == "revisit"
    assert archive.answer(evidence, folder=tmp_path) == again
    assert checked(tmp_path) == ""


def test_the_same_capture_twice_adds_nothing(tmp_path: Path, capture: CaptureMaker) -> None:
    first = archive.keep(capture(), folder=tmp_path)
    size = (tmp_path / first.warc).stat().st_size

    second = archive.keep(capture(), folder=tmp_path)

    assert second == first
    assert (tmp_path / first.warc).stat().st_size == size


def test_files_rotate_by_size_and_day_and_their_names_sort(tmp_path: Path, capture: CaptureMaker) -> None:
    kept = []
    for number in range(4):
        asked = capture(f"<p>{number}</p>", fetched_at=capture().fetched_at + timedelta(hours=8 * number))
        kept.append(archive.keep(asked, folder=tmp_path, file_bytes=1))

    assert [evidence.warc for evidence in kept] == [
        "communique-20260308-00001.warc.gz",
        "communique-20260308-00002.warc.gz",
        "communique-20260308-00003.warc.gz",
        "communique-20260309-00001.warc.gz",
    ]
    assert checked(tmp_path) == ""


def test_an_unfinished_record_is_set_aside_and_the_whole_ones_stay(tmp_path: Path, capture: CaptureMaker) -> None:
    first = archive.keep(capture(), folder=tmp_path)
    second = archive.keep(capture("<p>another page</p>"), folder=tmp_path)
    path = tmp_path / first.warc
    path.write_bytes(path.read_bytes()[: second.offset + 40])

    troubles = archive.mend(tmp_path)

    assert [trouble.kind for trouble in troubles] == ["shortened", "torn"]
    assert path.stat().st_size == second.offset
    assert (tmp_path / f"{first.warc}.torn-{second.offset}").stat().st_size == 40
    assert archive.answer(first, folder=tmp_path) == capture()
    assert isinstance(archive.answer(second, folder=tmp_path), Trouble)
    assert archive.mend(tmp_path) == ()
    assert checked(tmp_path) == ""


def test_a_crash_in_the_middle_of_a_record_does_not_spoil_the_next(tmp_path: Path, capture: CaptureMaker) -> None:
    first = archive.keep(capture(), folder=tmp_path)
    with (tmp_path / first.warc).open("ab") as stream:
        stream.write(b"\x1f\x8b\x08\x00half a rec")

    second = archive.keep(capture("<p>another page</p>"), folder=tmp_path)

    assert archive.answer(second, folder=tmp_path) == capture("<p>another page</p>")
    assert [path.name for path in tmp_path.glob("*.torn-*")] == [f"{first.warc}.torn-{second.offset}"]
    assert checked(tmp_path) == ""


def test_a_file_of_nothing_but_an_unfinished_record_begins_anew(tmp_path: Path, capture: CaptureMaker) -> None:
    torn = tmp_path / "communique-20260308-00001.warc.gz"
    torn.write_bytes(b"\x1f\x8b\x08")

    evidence = archive.keep(capture(), folder=tmp_path)

    assert evidence.warc == torn.name
    assert archive.answer(evidence, folder=tmp_path) == capture()


def test_a_lost_or_damaged_index_is_made_again_from_the_files(tmp_path: Path, capture: CaptureMaker) -> None:
    archive.keep(capture(), folder=tmp_path)
    for path in tmp_path.glob("index.sqlite3*"):
        path.unlink()
    (tmp_path / "index.sqlite3").write_bytes(b"not a database at all, but long enough to be looked at" * 40)

    troubles = archive.mend(tmp_path)
    archive.keep(capture(url="https://press.example/copy"), folder=tmp_path)

    assert [trouble.kind for trouble in troubles] == ["index"]
    assert kinds(tmp_path)[-2:] == ["revisit", "request"]


def test_a_file_that_is_gone_is_told(tmp_path: Path, capture: CaptureMaker) -> None:
    evidence = archive.keep(capture(), folder=tmp_path)
    (tmp_path / evidence.warc).unlink()

    (trouble,) = archive.mend(tmp_path)

    assert trouble.kind == "missing"
    assert evidence.warc in trouble.detail


def test_a_changed_byte_of_evidence_is_noticed(tmp_path: Path, capture: CaptureMaker) -> None:
    evidence = archive.keep(capture(), folder=tmp_path)
    path = tmp_path / evidence.warc
    whole = path.read_bytes()
    response_end = len(whole) - 1
    for at in range(evidence.offset + 10, response_end, 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])

        found = archive.answer(evidence, folder=tmp_path)

        assert isinstance(found, Trouble) or found == capture()


@pytest.mark.parametrize("warc", ["../communique.sqlite3", "missing.warc.gz", ""])
def test_evidence_that_is_not_there_is_a_trouble(tmp_path: Path, capture: CaptureMaker, warc: str) -> None:
    evidence = dataclasses.replace(archive.keep(capture(), folder=tmp_path), warc=warc)

    found = archive.answer(evidence, folder=tmp_path)

    assert isinstance(found, Trouble)
    assert found.kind == "unreadable"


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, capture: CaptureMaker) -> None:
    first = archive.keep(capture(), folder=tmp_path)
    before = (tmp_path / first.warc).read_bytes()
    noise = random.Random(7).randbytes(400_000)

    with file_size_limit(80_000), pytest.raises(archive.NotKept) as raised:
        archive.keep(capture(noise), folder=tmp_path)

    assert (tmp_path / first.warc).read_bytes() == before
    assert isinstance(raised.value.__cause__, OSError)
    assert str(raised.value).startswith("The evidence could not be written, and nothing of it remains: https://nurses")
    assert archive.answer(archive.keep(capture(noise), folder=tmp_path), folder=tmp_path) == capture(noise)


@contextlib.contextmanager
def file_size_limit(size_bytes: int) -> Iterator[None]:
    """Let no file grow beyond a size: what a full disk does, without one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _keep_many(folder: Path, captures: list[Capture]) -> None:
    for one in captures:
        archive.keep(one, folder=folder)


def test_two_processes_at_once_lose_and_mix_nothing(tmp_path: Path, capture: CaptureMaker) -> None:
    captures = [capture(f"<p>page {n // 2}</p>", url=f"https://nurses.example/{n}") for n in range(24)]
    starting = multiprocessing.get_context("forkserver")
    processes = [starting.Process(target=_keep_many, args=(tmp_path, captures[part::2])) for part in (0, 1)]

    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0]
    assert kinds(tmp_path).count("response") + kinds(tmp_path).count("revisit") == 24
    assert checked(tmp_path) == ""
    assert all(archive.answer(archive.keep(one, folder=tmp_path), folder=tmp_path) == one for one in captures)


_LINE = st.text(st.characters(blacklist_categories=["C", "Z"]), max_size=20)
_HOSTILE: dict[str, Any] = {
    "body": st.binary(max_size=300),
    "headers": st.lists(st.tuples(st.sampled_from(["Server", "Content-Length", "X-É"]), _LINE), max_size=4).map(tuple),
    "url": st.text(max_size=30).map(lambda tail: "https://odd.example/" + tail),
    "source_id": st.text(st.characters(blacklist_categories=["Cs"]), max_size=9),
    "status": st.sampled_from([200, 203, 404, 599, 700]),
    "media_type": st.sampled_from([None, "text/html", "häßlich/\r\nX: y"]),
    "address": st.sampled_from([None, "192.0.2.9", "not an address"]),
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.fixed_dictionaries(_HOSTILE))
def test_whatever_a_server_says_is_kept_and_comes_back(
    tmp_path: Path, capture: CaptureMaker, fields: dict[str, Any]
) -> None:
    asked = capture(**fields)

    evidence = archive.keep(asked, folder=tmp_path)

    assert archive.answer(evidence, folder=tmp_path) == asked
    assert evidence.digest == digest.sha256(asked.body)


def test_line_breaks_in_a_header_field_can_not_make_another(tmp_path: Path, capture: CaptureMaker) -> None:
    evidence = archive.keep(capture(headers=(("Server", "a\r\nSet-Cookie: b"),)), folder=tmp_path)

    found = archive.answer(evidence, folder=tmp_path)

    assert isinstance(found, Capture)
    assert found.headers == (("Server", "a  Set-Cookie: b"),)
    assert checked(tmp_path) == ""


def test_while_much_is_kept_the_index_stays_open(tmp_path: Path, capture: CaptureMaker) -> None:
    journal = tmp_path / f"{archive.INDEX}-wal"

    with archive.keeping(tmp_path):
        archive.keep(capture(), folder=tmp_path)
        was_open = journal.exists()

    assert (was_open, journal.exists()) == (True, False)
    assert archive.mend(tmp_path) == ()


def test_where_nothing_can_be_written_keeping_waits_for_keep_to_say_so(tmp_path: Path, capture: CaptureMaker) -> None:
    (tmp_path / "evidence").write_text("a file where the folder should be")

    with archive.keeping(tmp_path / "evidence"), pytest.raises(archive.NotKept):
        archive.keep(capture(), folder=tmp_path / "evidence")
