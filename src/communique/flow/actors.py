"""The registry that a workspace works with: the shipped actors and the desk's own, read anew when a file changes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from communique import registry


def of(folder: Path | None) -> registry.Registry:
    """Yield the registry with the actors of a desk's folder; None: only the shipped ones."""
    return registry.load() if folder is None else _loaded(folder, _stamp(folder))


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    files = [(path.name, path.stat()) for path in sorted(folder.glob("*.csv"))]
    return tuple((name, state.st_mtime_ns, state.st_size) for name, state in files)


@lru_cache(maxsize=2)
def _loaded(folder: Path, _: tuple[tuple[str, int, int], ...]) -> registry.Registry:
    return registry.load(folder)
