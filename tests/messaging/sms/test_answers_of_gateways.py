"""Whatever a gateway answers has one of our names, and no reason quotes its address."""

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import ClientSession, web

from backend.messaging.channel import OutcomeUnknown
from backend.messaging.deliver import has_left
from backend.messaging.outside_request import MOST_BYTES, ask
from backend.platform.context import Context
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from tests.support.edge.gateways import serving
from tests.support.factory.cards import issued_card

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
LATER, SETTINGS, UP = TryLater, NeedsSettings, GiveUp


def saying(status: int, body: str = "no") -> Answer:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    return answer


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (300, SETTINGS), (302, SETTINGS), (399, SETTINGS), (400, UP), (401, SETTINGS),
        (402, SETTINGS), (403, SETTINGS), (404, SETTINGS), (405, SETTINGS), (406, UP), (422, UP),
        (428, UP), (429, LATER), (430, UP), (499, UP), (500, LATER), (503, LATER), (599, LATER),
    ],
)  # fmt: skip
async def test_every_status_has_its_name(
    http: ClientSession, status: int, name: type[Exception]
) -> None:
    async with serving("/send", saying(status)) as url:
        with pytest.raises(name) as failed:
            await ask(http, "POST", f"{url}?key=SECRET&to=79161234567", data={"a": "b"})
    assert str(status) in str(failed.value)
    assert "SECRET" not in str(failed.value)
    assert "79161234567" not in str(failed.value)


@pytest.mark.parametrize("status", [200, 201, 299])
async def test_what_is_taken_comes_back_and_no_more_than_a_bound_of_it(
    http: ClientSession, status: int
) -> None:
    seen: list[tuple[str, str, str]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((request.method, request.headers["X-Key"], await request.text()))
        return web.Response(status=status, text="д" * MOST_BYTES)

    async with serving("/send", answer) as url:
        body = await ask(http, "PUT", url, json={"to": 1}, headers={"X-Key": "k"})
    assert seen == [("PUT", "k", '{"to": 1}')]
    assert MOST_BYTES == 64 * 1024
    assert len(body.encode()) <= MOST_BYTES
    assert set(body) <= {"д", "\ufffd"}


async def test_bytes_that_are_no_text_are_no_trouble(http: ClientSession) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=b"ok \xff")

    async with serving("/send", answer) as url:
        assert await ask(http, "GET", url) == "ok \ufffd"


async def test_a_redirect_is_not_followed(http: ClientSession) -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=302, headers={"Location": str(request.url)})

    async with serving("/send", answer) as url:
        with pytest.raises(NeedsSettings):
            await ask(http, "GET", url)
    assert asked == ["/send"]


async def test_an_answer_that_never_came_leaves_a_doubt_and_a_refused_connection_none(
    http: ClientSession,
) -> None:
    async def hang_up(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with serving("/send", hang_up) as url:
        with pytest.raises(OutcomeUnknown, match="no answer from the gateway"):
            await ask(http, "POST", url)
    with pytest.raises(TryLater, match="the gateway is away"):
        await ask(http, "POST", url)
    with pytest.raises(NeedsSettings, match="cannot be used"):
        await ask(http, "POST", "http://")


@pytest.mark.usefixtures("database")
async def test_a_message_has_left_by_the_channel_that_delivered_it(ctx: Context) -> None:
    event = await issued_card(ctx, 1)
    message = await Message.create(
        once="code:1", customer_id=event.customer_id, purpose=MessagePurpose.TRANSACTION,
        kind="sms-code", created_at=ctx.clock(),
    )  # fmt: skip
    row = await Delivery.create(
        message=message, channel="sms", created_at=ctx.clock(), changed_at=ctx.clock()
    )
    for state in DeliveryState:
        await Delivery.filter(id=row.id).update(state=state)
        assert await has_left("code:1", "sms") is (state is DeliveryState.DELIVERED)
    await Delivery.filter(id=row.id).update(state=DeliveryState.DELIVERED)
    assert not await has_left("code:1", "email")
    assert not await has_left("code:2", "sms")
