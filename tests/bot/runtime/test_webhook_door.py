"""The webhook: who may post, what is refused, and 200 only for what is committed."""

from collections.abc import AsyncIterator
from io import BytesIO

import orjson
import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend.platform.context import Context
from backend.platform.database import rows
from bot.intake.store import Inbox
from bot.intake.webhook import LARGEST_BODY, SECRET_HEADER, webhook_app
from models.telegram_update import TelegramUpdate
from tests.support.chat.updates import message

SECRET = {SECRET_HEADER: "s3cret-of-the-bot"}


@pytest.fixture
async def door(database: str, ctx: Context) -> AsyncIterator[TestClient]:  # type: ignore[type-arg]
    app = webhook_app(Inbox(ctx, 1), path="/telegram", secret=SECRET[SECRET_HEADER])
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_an_update_is_committed_before_the_200(door: TestClient) -> None:  # type: ignore[type-arg]
    answer = await door.post("/telegram", json=message(7, 101, "привет"), headers=SECRET)

    assert answer.status == 200
    assert await TelegramUpdate.filter(update_id=7, lane=101).exists()


async def test_telegram_repeating_an_update_gets_its_200(door: TestClient) -> None:  # type: ignore[type-arg]
    for _ in range(2):
        answer = await door.post("/telegram", json=message(7, 101, "привет"), headers=SECRET)
        assert answer.status == 200
    assert await TelegramUpdate.all().count() == 1


@pytest.mark.parametrize("header", [{}, {SECRET_HEADER: "guess"}, {SECRET_HEADER: "ключ"}])
async def test_without_the_secret_nothing_is_read(
    door: TestClient,  # type: ignore[type-arg]
    header: dict[str, str],
) -> None:
    answer = await door.post("/telegram", json=message(7, 101, "привет"), headers=header)

    assert answer.status == 401
    assert await TelegramUpdate.all().count() == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"message": {}}', b"\xff\xfe", b"[" * 9999])
async def test_what_is_no_update_is_refused_and_not_stored(
    door: TestClient,  # type: ignore[type-arg]
    body: bytes,
) -> None:
    answer = await door.post("/telegram", data=body, headers=SECRET)

    assert answer.status == 400
    assert await TelegramUpdate.all().count() == 0


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_that_is_too_large_is_refused(
    door: TestClient,  # type: ignore[type-arg]
    chunked: bool,
) -> None:
    body = orjson.dumps(message(7, 101, "а" * LARGEST_BODY))

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 65536):
            yield body[start : start + 65536]

    data = pieces() if chunked else BytesIO(body)
    answer = await door.post("/telegram", data=data, headers=SECRET)

    assert answer.status == 413
    assert await TelegramUpdate.all().count() == 0


async def test_while_the_database_refuses_telegram_is_asked_to_come_again(
    door: TestClient,  # type: ignore[type-arg]
) -> None:
    await rows("ALTER TABLE telegram_updates RENAME TO away")
    answer = await door.post("/telegram", json=message(7, 101, "привет"), headers=SECRET)
    assert answer.status == 503

    await rows("ALTER TABLE away RENAME TO telegram_updates")
    answer = await door.post("/telegram", json=message(7, 101, "привет"), headers=SECRET)
    assert answer.status == 200


async def test_nothing_else_is_served(door: TestClient) -> None:  # type: ignore[type-arg]
    assert (await door.get("/telegram", headers=SECRET)).status == 405
    assert (await door.post("/", headers=SECRET)).status == 404
