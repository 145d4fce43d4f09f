"""Logs: what a run does, document by document, as text or as JSON lines on standard error.

Off unless asked for: a person at a terminal sees the progress bar and the summary. Each line tells the run, the stage,
the document and the seconds that it took, where they are known.
"""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

FORMATS = ("text", "json")
LEVELS = ("debug", "info", "warning", "error")
FIELDS = ("run_id", "stage", "document", "seconds")

LOGGERS = ("pledgebook", "flows", "warehouse", "extract")
"""Ours; what libraries say stays theirs."""

log = logging.getLogger("pledgebook")
log.addHandler(logging.NullHandler())

run_id: ContextVar[str | None] = ContextVar("run_id", default=None)
"""The run that this process is at; a context variable, so that no stage has to pass it on."""


class _Fields(logging.Filter):
    """Gives every record the fields of ours, None where they are not known."""

    def filter(self, record: logging.LogRecord) -> bool:
        for name in FIELDS:
            if not hasattr(record, name):
                setattr(record, name, run_id.get() if name == "run_id" else None)
        return True


class JsonLines(logging.Formatter):
    """A JSON object a line: at (UTC), level, run_id, stage, document, seconds, message; traceback with an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the record as one line of JSON; fields that are not known are left out."""
        told = {
            "at": _at(record),
            "level": record.levelname.lower(),
            **{name: getattr(record, name) for name in FIELDS if getattr(record, name, None) is not None},
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


class Text(logging.Formatter):
    """A line for people: time, level, and the message with document, stage and seconds."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the record as one line (more with a traceback)."""
        seconds = getattr(record, "seconds", None)
        about = [getattr(record, name, None) for name in ("stage", "document")]
        said = ": ".join([str(part) for part in about if part] + [record.getMessage()])
        line = f"{_at(record)} {record.levelname.lower():7} {said}"
        if seconds is not None:
            line += f" ({seconds:.3f} s)"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def set_up(form: str | None, level: str | None) -> None:
    """Send logs to standard error when a form or a level was asked for: ``info`` lines and worse unless it is said.

    Called by the commands, once a process; called again it replaces what was set up before.
    """
    loggers = [logging.getLogger(name) for name in LOGGERS]
    for logger in loggers:
        for handler in [handler for handler in logger.handlers if handler.get_name() == "pledgebook"]:
            logger.removeHandler(handler)
    if form is None and level is None:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.set_name("pledgebook")
    handler.setFormatter(JsonLines() if form == "json" else Text())
    handler.addFilter(_Fields())
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel((level or "info").upper())


def _at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
