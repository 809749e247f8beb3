"""A workspace: the folder that holds one newsroom, and its settings.

Every setting stands in `SETTINGS` with its kind, default and explanation; the file that `init` writes, the reference in
the docs and the checking of values are all made from that table.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FORMAT = 1  # of the folder; rises when an older program could not work with it any more
SETTINGS_FILE = "communique.toml"
DATABASE_FILE = "communique.sqlite3"
FOLDERS = ("evidence", "registry", "site", "keys")

Value = str | int | bool


class WorkspaceError(Exception):
    """The workspace can't be used as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting: `section.key` in the file, COMMUNIQUE_SECTION_KEY in the environment."""

    name: str
    default: Value  # its type is the setting's type
    meaning: str

    @property
    def variable(self) -> str:
        """Yield the environment variable that sets it for one run."""
        return "COMMUNIQUE_" + self.name.replace(".", "_").upper()


def _settings(*rows: tuple[str, Value, str]) -> dict[str, Setting]:
    return {name: Setting(name=name, default=default, meaning=meaning) for name, default, meaning in rows}


SETTINGS = _settings(
    ("wire.name", "Communiqué", "Name of the wire, as readers see it."),
    ("wire.url", "http://localhost:8000", "Public address of the wire, without a slash at the end."),
    ("wire.language", "en", "Language of the wire's own words, BCP 47."),
    ("wire.timezone", "UTC", "Time zone in which the wire shows days and times, such as Europe/Lisbon."),
    ("wire.description", "", "One line on the wire, for feeds and search engines."),
    ("wire.about", "", "Some sentences for the page /about/; paragraphs parted by blank lines."),
    ("wire.contact", "", "Mail address or page for corrections, shown on /about/."),
    ("wire.licence", "", "Under which terms the dispatches may be used; shown on /about/ and in the feeds."),
    ("wire.licence_url", "", "Where those terms stand."),
    (
        "wire.countries",
        "",
        "Names of countries that the wire calls otherwise than CLDR: `CI Ivory Coast; CZ Czech Republic`.",
    ),
    ("desk.timezone", "", "Time zone in which the desk shows and takes times; empty: that of the wire."),
    ("database.url", "", "PostgreSQL address (postgresql://user:password@host/name); empty: SQLite in the workspace."),
    ("collect.contact", "", "Mail address or page that stands in the User-Agent, so that sites can reach the desk."),
    (
        "collect.pause",
        3600,
        "Seconds between two visits to a source until its own rhythm is known; less than 600 holds always.",
    ),
    ("collect.host_pause", 5, "Seconds between two requests to one registered domain or one IP address."),
    ("collect.timeout", 30, "Seconds that one answer may take in all."),
    ("collect.max_mb", 20, "MiB that one answer may have after decompression."),
    ("collect.first_pages", 5, "Pages of a list, or parts of a feed's archive, read when a source is seen first."),
    ("collect.connections", 16, "Sites that are visited at the same time."),
    ("collect.allow_private", False, "Visit private and loopback addresses too. Only for tests and intranets."),
    ("collect.ports", "80 443", "Ports that may be visited, with spaces between; * for all."),
    ("collect.robots", True, "Obey robots.txt (RFC 9309)."),
    (
        "collect.callback",
        "",
        "Public address at which hubs (WebSub) reach this newsroom, such as https://desk.example; empty: none is used.",
    ),
    ("read.processes", 2, "Processes that read pages."),
    ("read.deadline", 20, "Seconds that reading one page may take."),
    ("read.memory_mb", 1024, "MiB that one reading process may use."),
    ("evidence.public", False, "Show stored copies of pages to everyone, not only to signed-in people."),
    ("serve.host", "127.0.0.1", "Address that `communique serve` listens on."),
    ("serve.port", 8000, "Port that `communique serve` listens on."),
    ("serve.threads", 4, "Requests that are answered at the same time."),
)

MOST = 10**9  # of any number here: beyond it clocks and limits of the system run over
RANGES = {  # all other numbers reach from 1 to MOST
    "serve.port": (0, 65535),
    "collect.host_pause": (0, MOST),
    "read.memory_mb": (512, MOST),  # with less a reading process may not even start
}
FORMS = {  # text of which not every form makes sense -> (regular expression, what is expected)
    "wire.url": (r"https?://[^\s/]+(/\S*)?", "an address such as https://wire.example"),
    "wire.language": (r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", "a language as in BCP 47, such as en or pt-BR,"),
    "wire.countries": (
        r" *([A-Z]{2} +[^;]+(; *|$))*",
        "code and name, parted by semicolons, as `CI Ivory Coast; CZ Czech Republic`",
    ),
    "database.url": (r"(postgres(ql)?://\S+)?", "an address such as postgresql://user@host/name, or nothing,"),
    "collect.contact": (r"[ -~]*", "a mail address or page in plain ASCII"),
    "collect.callback": (r"(https?://[^\s/]+(/\S*)?)?", "an address such as https://desk.example, or nothing,"),
    "collect.ports": (r"\*|[0-9]+( +[0-9]+)*", "`*`, or numbers such as `80 443`,"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One newsroom's folder and its settings as they hold for this run."""

    folder: Path
    values: Mapping[str, Value] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Yield a setting that is text."""
        return str(self._value(name))

    def number(self, name: str) -> int:
        """Yield a setting that is a number."""
        return int(self._value(name))

    def yes(self, name: str) -> bool:
        """Yield a setting that is true or false."""
        return bool(self._value(name))

    def _value(self, name: str) -> Value:
        return self.values.get(name, SETTINGS[name].default)

    @property
    def evidence(self) -> Path:
        """Yield the folder of the WARC files."""
        return self.folder / "evidence"

    @property
    def registry(self) -> Path:
        """Yield the folder of the desk's own actors."""
        return self.folder / "registry"

    @property
    def site(self) -> Path:
        """Yield the folder of the published wire."""
        return self.folder / "site"

    @property
    def keys(self) -> Path:
        """Yield the folder of secrets, mode 0700."""
        return self.folder / "keys"

    @property
    def database(self) -> Path:
        """Yield the SQLite file; not used where `database.url` is set."""
        return self.folder / DATABASE_FILE


def make(folder: Path, values: Mapping[str, Value] | None = None) -> Workspace:
    """Make a workspace in a folder that is missing or empty; its settings file explains every setting."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(f"{folder} is there already and not empty; name a folder that is new or empty")
    checked = {name: _checked(name, value, name) for name, value in (values or {}).items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        complete(folder)
        _write_whole(folder / SETTINGS_FILE, settings_text(checked))
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)  # it was new or empty
        raise WorkspaceError(f"{folder} can't be made: {error.strerror}; name another folder or mend that") from error
    return Workspace(folder=folder, values=checked)


def complete(folder: Path) -> None:
    """Make the folders that are missing in a workspace."""
    for name in FOLDERS:
        if (folder / name).exists() and not (folder / name).is_dir():
            raise WorkspaceError(f"{folder / name} is a file, where a folder is expected; move it away")
        if not (folder / name).is_dir():
            (folder / name).mkdir(mode=0o700 if name == "keys" else 0o755)


def _write_whole(path: Path, text: str) -> None:
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def settings_text(values: Mapping[str, Value]) -> str:
    """Yield the settings file: what is given is set, the rest stands commented out with its default."""
    lines = ["# Settings of this Communiqué workspace. All are optional; see `reference/settings` in the docs.", ""]
    lines += [f"format = {FORMAT}  # of this folder; written by the program", ""]
    section = ""
    for setting in SETTINGS.values():
        if (head := setting.name.split(".")[0]) != section:
            lines += ([""] if section else []) + [f"[{head}]"]
            section = head
        value = values.get(setting.name)
        mark = "# " if value is None else ""
        shown = _toml(setting.default if value is None else value)
        lines += [f"# {setting.meaning}", f"{mark}{setting.name.split('.')[1]} = {shown}"]
    return "\n".join(lines) + "\n"


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # A JSON string is a TOML string, but for the one control character that JSON lets stand.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def find(named: str | None, environment: Mapping[str, str], here: Path) -> Path:
    """Yield the workspace folder: the one named, else COMMUNIQUE_WORKSPACE, else the nearest one above `here`."""
    given = named or environment.get("COMMUNIQUE_WORKSPACE")
    if given:
        folder = Path(given).expanduser().absolute()
        if not (folder / SETTINGS_FILE).is_file():
            raise WorkspaceError(
                f"{folder} is no workspace (no {SETTINGS_FILE} in it); `communique init {folder}` makes one"
            )
        return folder
    for folder in (here, *here.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    raise WorkspaceError(
        f"no workspace in {here} or above; make one with `communique init DIR`, or name one with --workspace DIR"
    )


def load(folder: Path, environment: Mapping[str, str], overrides: Iterable[str] = ()) -> Workspace:
    """Read a workspace's settings: the file, then the environment, then `section.key=value` overrides."""
    path = folder / SETTINGS_FILE
    try:
        found = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise WorkspaceError(f"{path} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise WorkspaceError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WorkspaceError(
            f"{path} is not TOML: {error}; mend that line. A [section] stands once: put settings under it"
        ) from error
    _check_format(folder, found.pop("format", FORMAT))
    values = _from_file(path, found) | _from_environment(environment) | _from_overrides(overrides)
    return Workspace(folder=folder, values=values)


def _check_format(folder: Path, found: object) -> None:
    if not isinstance(found, int) or found > FORMAT:
        raise WorkspaceError(
            f"{folder} was made by a newer Communiqué (format {found}, this one knows {FORMAT}); update this program"
        )


def _from_file(path: Path, found: dict[str, object]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for section, keys in found.items():
        if not isinstance(keys, dict):
            raise WorkspaceError(
                f"{path}: `{section}` stands outside a section; settings are written as [section] and key = value"
            )
        for key, value in keys.items():
            name = f"{section}.{key}"
            if name not in SETTINGS:
                raise WorkspaceError(f"{path}: there is no setting {name}{_meant(name)}")
            default = SETTINGS[name].default
            if type(value) is not type(default):
                raise WorkspaceError(
                    f"{path}: {name} is {value!r}, where {_kind(default)} is expected, such as {_toml(default)}"
                )
            values[name] = _checked(name, value, f"{path}: {name}")
    return values


def _checked(name: str, value: Value, where: str) -> Value:
    """Yield the value; raises where it makes no sense, so that no room has to find out later."""
    expected = _expected(name, value)
    if expected:
        raise WorkspaceError(f"{where} is {value!r}, where {expected} is expected")
    return value


def _expected(name: str, value: Value) -> str | None:
    """Yield what a value should be; None: it is that."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        least, most = RANGES.get(name, (1, MOST))
        return None if least <= value <= most else f"a number from {least} to {most}"
    if name.endswith(".timezone") and not _is_zone(value):
        return "a time zone of the IANA's list, such as Europe/Lisbon,"
    form, expected = FORMS.get(name, (".*", ""))
    return None if re.fullmatch(form, value, re.DOTALL) else expected


def _is_zone(name: str) -> bool:
    try:
        return not name or bool(ZoneInfo(name).key)
    except (ValueError, OSError, ZoneInfoNotFoundError):  # no form of a name, a folder of zones, no such zone
        return False


def _from_environment(environment: Mapping[str, str]) -> dict[str, Value]:
    return {
        setting.name: _parsed(setting, environment[setting.variable], setting.variable)
        for setting in SETTINGS.values()
        if setting.variable in environment
    }


def _from_overrides(overrides: Iterable[str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for given in overrides:
        name, equals, value = given.partition("=")
        if not equals or name not in SETTINGS:
            raise WorkspaceError(f"--set {given}: give section.key=value{_meant(name)}")
        values[name] = _parsed(SETTINGS[name], value, f"--set {name}")
    return values


def _parsed(setting: Setting, value: str, where: str) -> Value:
    if isinstance(setting.default, bool):
        if value.lower() in ("true", "yes", "1", "false", "no", "0"):
            return value.lower() in ("true", "yes", "1")
        raise WorkspaceError(f"{where}: {value!r}, where true or false is expected")
    if isinstance(setting.default, int):
        if value.isascii() and value.isdigit():
            return _checked(setting.name, int(value[:20]), where)
        raise WorkspaceError(f"{where}: {value!r}, where a whole number is expected, such as {setting.default}")
    return _checked(setting.name, value, where)


def _kind(default: Value) -> str:
    if isinstance(default, bool):
        return "true or false"
    return "a whole number" if isinstance(default, int) else "text in quotes"


def _meant(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, SETTINGS, n=1)
    return f"; did you mean {near[0]}?" if near else "; `reference/settings` in the docs lists them"


def current() -> Workspace:
    """Yield the workspace of this process, as `communique.web.setup` noted it in the environment."""
    return load(find(None, os.environ, Path.cwd()), os.environ)


@contextmanager
def held(path: Path, *, refusal: str) -> Iterator[None]:
    """Hold a lock file for one process; raises WorkspaceError with the sentence where another process has it.

    The lock goes with the process, however it ends.
    """
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WorkspaceError(refusal) from error
        yield
