"""The log of long-running commands: one event, one line, a fixed sentence with fields, on stderr."""

from __future__ import annotations

import sys

import structlog


def to_stderr() -> None:
    """Send the log to stderr, with colour only on a terminal."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
