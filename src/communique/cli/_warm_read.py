"""Imported once by the mother of the reading processes: they start with every library and table in memory.

Not imported by anything else: it takes a second, and only a process that forks for each reader gains by it.
"""

from communique.read import warm

warm()
