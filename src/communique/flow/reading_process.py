"""Imported once by the mother of the reading processes: they start with every library and table in memory.

Not imported by anything else: it takes a second, and only a process that forks for each reader gains by it.
"""

from __future__ import annotations

from communique import code, desk, read, registry
from communique.records import Context

read.warm()
desk.findings("x", [])
code.coding("The union said on Monday that it would meet.", registry=registry.load(), context=Context(language="en"))
