"""What an address offers, asked from the desk: collect's client and the reading processes, opened for one look."""

from __future__ import annotations

from dataclasses import replace

from communique import collect
from communique.flow import discovery
from communique.flow.discovery import Discovery
from communique.flow.reading import Pool
from communique.records import Trouble
from communique.web import collecting
from communique.web.ledger.notes import DatabaseNotes
from communique.web.workspace import Workspace

PAUSE_S = 1.0  # between two requests of one look: a person waits for the answer

# How names are looked up; a newsroom on an invented world sets its own before it serves.
resolve: collect.Resolve = collect.system_resolver


def look(url: str, workspace: Workspace) -> Discovery | Trouble:
    """Look at an address and say what would be collected there. Takes as long as `collect.timeout` lets it."""
    pool = Pool(
        processes=1,
        deadline_s=workspace.number("read.deadline"),
        memory_mb=workspace.number("read.memory_mb"),
        registry_folder=workspace.registry,
    )
    usual = collecting.settings(workspace)
    settings = replace(usual, pause_s=min(usual.pause_s, PAUSE_S))
    with pool, DatabaseNotes() as notes, collect.client(settings, resolve=resolve, notes=notes) as client:
        return discovery.discover(url, client=client, reader=pool)
