"""How many statements something takes: a cost that a busy machine does not change."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class _Listener(logging.Handler):
    def __init__(self, told: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self._told = told

    def emit(self, record: logging.LogRecord) -> None:
        self._told.append(record.getMessage())


@asynccontextmanager
async def statements() -> AsyncIterator[list[str]]:
    """Every statement that is sent meanwhile, as Tortoise logs it."""
    told: list[str] = []
    log, listener = logging.getLogger("tortoise.db_client"), _Listener(told)
    before = log.level
    log.addHandler(listener)
    log.setLevel(logging.DEBUG)
    try:
        yield told
    finally:
        log.removeHandler(listener)
        log.setLevel(before)
