"""Communiqué: an open-source press wire for a small desk.

Statements come in by `collect`, become text in `read`, one line in `match`, an account of who did what in
`code`, a checked sentence at the `desk` and a public page on the `wire`; `registry` says who is who and
`archive` proves it. `flow` walks one statement through all of them.
"""

__version__ = "0.1.0"
