"""The log: structlog to stderr, JSON for machines and lines for a terminal.

Whatever the standard library's loggers say (aiogram, aiohttp, docket, asyncio) goes the same
way, so that one redaction covers all.
"""

import asyncio
import logging
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any, TextIO

import orjson

from backend.platform.watch.lean_structlog import EventDict, Processor, WrappedLogger, structlog
from backend.platform.watch.redact import redact_keys
from backend.platform.watch.traces import safe_trace

Log = structlog.stdlib.BoundLogger

# Chatty at info: docket tells of every task, aiogram of every update.
_QUIET = ("docket", "tortoise", "aiogram.event", "aiohttp.access", "asyncio", "fluent")

# Debug is for these alone: at debug, Tortoise and aiosqlite write SQL with its values.
_OURS = ("backend", "bot", "catalog", "models")


def get_log(name: str) -> Log:
    log: Log = structlog.stdlib.get_logger(name)
    return log


def configure_log(level: str, *, stream: TextIO | None = None, json: bool | None = None) -> None:
    """Call once per process. `json` defaults to: the stream is not a terminal."""
    target = stream or sys.stderr
    as_json = not target.isatty() if json is None else json
    handler = JsonHandler(target) if as_json else logging.StreamHandler(target)
    handler.setFormatter(_formatter(as_json, colours=target.isatty()))
    logging.getLogger().handlers[:] = [handler]
    _set_levels(level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_before(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _formatter(as_json: bool, *, colours: bool) -> logging.Formatter:
    """The end of the way for every record, ours and those of the standard library's loggers."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_before(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(safe_trace),
            _redact,
            _renderer(as_json, colours=colours),
        ],
    )


def _set_levels(level: str) -> None:
    logging.getLogger().setLevel("INFO" if level == "debug" else level.upper())
    for name in _QUIET:
        quiet = logging.WARNING if level != "debug" else logging.INFO
        logging.getLogger(name).setLevel(quiet)
    for name in _OURS:
        logging.getLogger(name).setLevel(level.upper())


def request_lines(name: str) -> Callable[[dict[str, str | int | float]], None]:
    """A function that logs one served request, given as values that name nobody.

    Where the log is JSON it writes the line itself: the whole chain of structlog and logging
    costs more than most requests do. Ask for it after `configure_log`.
    """
    root = logging.getLogger()
    handler = root.handlers[0] if root.handlers else None
    if not isinstance(handler, JsonHandler) or not logging.getLogger(name).isEnabledFor(20):
        log = get_log(name)
        return lambda values: log.info("request", **values)
    write = handler.write_soon

    def line(values: dict[str, str | int | float]) -> None:
        moment = datetime.now(UTC).isoformat()[: -len("+00:00")] + "Z"
        head = {"event": "request", "level": "info", "logger": name, "timestamp": moment}
        write(orjson.dumps(head | values).decode())

    return line


class JsonHandler(logging.StreamHandler[TextIO]):
    """A line of JSON for each record."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__(stream)
        self._lines: list[str] = []

    def write_soon(self, line: str) -> None:
        """A finished line, in one write with all those of this turn of the event loop, and before
        the next record. Where no loop runs: at once."""
        self._lines.append(line)
        if len(self._lines) > 1:
            return
        try:
            asyncio.get_running_loop().call_soon(self._write_lines)
        except RuntimeError:
            self._write_lines()

    def emit(self, record: logging.LogRecord) -> None:
        self._write_lines()
        super().emit(record)

    def flush(self) -> None:
        self._write_lines()
        super().flush()

    def _write_lines(self) -> None:
        with self.lock or nullcontext():
            lines, self._lines = self._lines, []
            if lines:
                self.stream.write("\n".join(lines) + "\n")
                self.stream.flush()


def _before() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _renderer(as_json: bool, *, colours: bool) -> Processor:
    if as_json:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=colours, exception_formatter=structlog.dev.plain_traceback
    )


def _redact(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    masked: dict[str, Any] = redact_keys(dict(event))
    return masked
