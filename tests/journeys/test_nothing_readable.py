"""Whoever steals the database, or reads the log, learns nothing that a person told."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.platform.context import Context
from backend.platform.watch.log import configure_log, get_log
from models.contact import Contact
from models.telegram_update import TelegramUpdate
from tests.support.chat.talkative import TELLING, talkative, tell_everything
from tests.support.chat.telegram import Telegram
from tests.support.database.dump import dump_of
from tests.support.factory.customers import customer_of
from tests.support.pictures.small import picture
from tests.support.secrets import found_in


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything logged at debug, by whatever library; the loggers are put back afterwards."""
    root = logging.getLogger()
    before = [*root.handlers], root.level
    levels = {name: logging.getLogger(name).level for name in root.manager.loggerDict}
    written = io.StringIO()
    configure_log("debug", stream=written, json=True)
    yield written
    root.handlers[:], root.level = before
    for name in root.manager.loggerDict:
        logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))


async def test_a_dump_without_the_key_names_nobody(
    telegram: Telegram, street: Context, database_url: str
) -> None:
    anna = talkative(telegram)
    await tell_everything(anna, picture())
    # Something that the bot never gets to is kept as well: sealed.
    await (
        TelegramUpdate.filter(error="")
        .limit(1)
        .update(payload=street.vault.seal_service("inbox", TELLING[1].encode()), error="set aside")
    )
    assert await Contact.all().count() >= 1
    assert (await customer_of(anna.id)).profile is not None
    dump = await dump_of(database_url)
    assert sum(len(content) for content in dump.values()) > 100_000
    readable = {
        name: found for name, content in dump.items() if (found := found_in(content, TELLING))
    }
    assert readable == {}


def test_the_search_itself_finds_what_lies_open() -> None:
    for text in TELLING:
        for content in (
            text.encode(),
            text.encode("utf-16-le"),
            repr(text).encode(),
            ascii(text).encode(),
        ):
            assert found_in(b"...." + content + b"....", [text]), text
    assert found_in(b"", TELLING) == []


async def test_the_log_names_nobody_even_in_trouble(
    telegram: Telegram, logged: io.StringIO, street: Context, tmp_path: Path
) -> None:
    anna = talkative(telegram)
    await tell_everything(anna, picture())
    log = get_log("backend.trouble")
    try:
        try:
            raise KeyError(TELLING[1])
        except KeyError as first:
            raise ValueError(f"cannot read {TELLING[0]} {TELLING[3]}") from first
    except ValueError:
        log.exception("trouble")
        logging.getLogger("asyncio").exception("Task was lost")
    written = logged.getvalue()
    assert "trouble" in written
    assert "ValueError" in written
    assert "the bot receives updates" in written
    assert found_in(written.encode(), TELLING) == []
