"""`communique sources`: the watchlist."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import cast, get_args

import click

from communique.cli._corridor import means
from communique.cli._given import RegularFile
from communique.cli._workspace import Failed, Language, Wrong, end, json_option, on_workspace, say, show, tell
from communique.flow import LOCAL
from communique.records import Source, SourceKind, Trouble
from communique.web.workspace import Workspace

LONGEST_ID = 100  # of an actor, as the ledger takes it
OPML_BYTES = 64 * 1024**2
KINDS: tuple[SourceKind, ...] = get_args(SourceKind)


@click.group(name="sources", epilog="Example: communique sources add https://www.example.org/press/")
def command() -> None:
    """The watchlist: places where organisations publish."""


@command.command(epilog="Example: communique sources add https://www.example.org/press/ --publisher int-example")
@click.argument("urls", metavar="URL…", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(KINDS), help="Don't find out; it is this.")
@click.option("--publisher", help="Actor id of who publishes there.")
@click.option(
    "--language", "languages", multiple=True, type=Language(), help="Language used there, likeliest first (BCP 47)."
)
@click.option("--name", help="How the desk calls it.")
@json_option
@on_workspace
def add(
    workspace: Workspace, urls: tuple[str, ...], kind: str | None, publisher: str | None,
    languages: tuple[str, ...], name: str | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Watch addresses: finds out by itself what is there, a feed, a list or one page."""
    from communique.web.ledger import watchlist

    if publisher and len(publisher) > LONGEST_ID:
        raise Wrong(f"--publisher: {len(publisher)} characters came, where an actor's id is expected")
    troubled = False
    for url in urls:
        found = _given(url, kind) if kind else _found(workspace, url)
        if isinstance(found, str):
            say(found)
            troubled = True
            continue
        source = Source(
            id=watchlist.source_id(found.url, found.name), url=found.url, kind=found.kind, name=name or found.name,
            publisher=publisher, languages=languages, pause_s=workspace.number("collect.pause"),
        )  # fmt: skip
        is_new = watchlist.add(source, now=datetime.now(UTC))
        row = watchlist.row_at(source.url, datetime.now(UTC))
        show(row, as_json=as_json, plain=source.id if is_new else f"{source.url} is watched already")
    end(troubled=troubled)


def _given(url: str, kind: str) -> Source | str:
    if kind == "mail" and url.startswith("imaps://"):
        from communique.kit.urls import host as host_of

        return Source(id="", url=url, kind="mail", name=host_of(url))
    if kind in LOCAL:
        path = Path(url.removeprefix("file://")).absolute()
        if not path.exists():
            return f"{path} is not there; name a Maildir, an mbox file or a folder"
        return Source(id="", url=path.as_uri(), kind="mail" if kind == "mail" else "folder", name=path.name)
    if not url.startswith(("http://", "https://")):
        return f"{url}: an address that begins with https:// is expected"
    from communique.kit.urls import host

    return Source(id="", url=url, kind=cast("SourceKind", kind), name=host(url))


def _found(workspace: Workspace, url: str) -> Source | str:
    from communique.flow.discovery import discover

    with means(workspace) as tools:
        found = discover(url, client=tools.client, reader=tools.reader)
    if isinstance(found, Trouble):
        return found.detail
    say(f"{found.url}: {found.explanation}" + (f"; there is also {', '.join(found.others)}" if found.others else ""))
    return Source(id="", url=found.url, kind=found.kind, name=found.name)


@command.command(name="list", epilog="Example: communique sources list --json")
@json_option
@on_workspace
def list_(workspace: Workspace, *, as_json: bool) -> None:
    """List the sources, and say of each in one sentence how it is."""
    from communique.web.ledger import watchlist

    rows = list(watchlist.rows(datetime.now(UTC)))
    for row in rows:
        show(row, as_json=as_json, plain=f"{row['id']:<40} {row['kind']:<8} {row['state']}")
    if not as_json:
        marked = sum(bool(row["needs_a_person"]) for row in rows)
        verb = "needs" if marked == 1 else "need"
        say(f"{len(rows)} source{'' if len(rows) == 1 else 's'}, {marked} {verb} a person")


@command.command(epilog="Example: communique sources test https://www.example.org/press/")
@click.argument("url")
@json_option
@on_workspace
def test(workspace: Workspace, url: str, *, as_json: bool) -> None:
    """Show what would be collected at an address, and why when nothing would. Nothing is entered."""
    from communique.flow.discovery import discover

    with means(workspace) as tools:
        found = discover(url, client=tools.client, reader=tools.reader)
    if isinstance(found, Trouble):
        raise Failed(found.detail)
    plain = "\n".join([f"{found.kind}: {found.url}", found.explanation, *(f"  {title}" for title in found.titles)])
    plain += "".join(f"\nthere is also {other}" for other in found.others)
    show(found, as_json=as_json, plain=plain)
    end(troubled=not found.entries)


@command.command(name="import", epilog="Example: communique sources import reader.opml")
@click.argument("file", type=RegularFile(allow_dash=True))
@json_option
@on_workspace
def import_(workspace: Workspace, file: Path, *, as_json: bool) -> None:
    """Take over the feeds and pages of an OPML file. Doing it twice adds nothing."""
    from communique.web.ledger import opml, watchlist

    with click.open_file(str(file), "rb") as stream:
        content = stream.read(OPML_BYTES + 1)
    if len(content) > OPML_BYTES:
        raise Failed(f"{file} is larger than {OPML_BYTES // 1024**2} MiB; a list of feeds is never that large")
    try:
        sources = opml.sources(content, pause_s=workspace.number("collect.pause"))
    except watchlist.WatchlistError as error:
        raise Failed(f"{file}: {error}") from error
    new, known = watchlist.add_all(sources, now=datetime.now(UTC))
    row = {"new": new, "known": known, "is_entered": True}
    tell(row, as_json=as_json, said=f"{new} source{'' if new == 1 else 's'} added, {known} watched already")


@command.command(epilog="Example: communique sources export > watchlist.opml")
@on_workspace
def export(workspace: Workspace) -> None:
    """Write the watchlist as OPML to stdout: feeds, lists, sitemaps and pages."""
    from communique.web.ledger import opml

    click.echo(opml.written(workspace), nl=False)
    if missing := opml.left_out():
        say(f"without mailboxes and folders ({missing}); `communique export sources` writes them too")


def _changes(operation: str, does: str) -> None:
    """Add the command that does one thing to each of the sources named."""

    @command.command(name=operation, help=does, epilog=f"Example: communique sources {operation} www-example-org-press")
    @click.argument("ids", metavar="ID…", nargs=-1, required=True)
    @json_option
    @on_workspace
    def change(workspace: Workspace, ids: tuple[str, ...], *, as_json: bool) -> None:
        from communique.web.ledger import watchlist

        now = datetime.now(UTC)
        try:
            changes = watchlist.change_all(operation, ids, now=now)
        except watchlist.WatchlistError as error:
            raise Wrong(str(error)) from error
        for id_, said in changes:
            row = {"id": id_, "operation": operation, "detail": said, "source": watchlist.row_of(id_, now)}
            tell(row, as_json=as_json, said=said)


_changes("pause", "Stop visiting sources for a while.")
_changes("resume", "Visit paused sources again.")
_changes("remove", "Take sources off the watchlist; what came from them stays.")
_changes("take-over", "Watch sources at the addresses that they say they have moved to.")
