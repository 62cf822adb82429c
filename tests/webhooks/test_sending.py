"""Cards are registered, and Вера's endpoint hears of them: signed, at least once, in order."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from backend.changes.append import append
from backend.changes.draft import Draft
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.webhooks.plan import plan_some
from backend.webhooks.request import Ways
from backend.webhooks.rotate_secret import rotate_secret
from backend.webhooks.send_test import send_test
from backend.webhooks.sender import Sender
from backend.webhooks.steer import steer
from models.account import Account
from models.account_change import ChangeKind
from models.webhook import Webhook, WebhookAttempt, WebhookDelivery, WebhookSecret, WebhookStatus
from tests.support.clock import StoppedClock
from tests.support.machine.waiting import until
from tests.webhooks.conftest import Follow, Tell
from tests.webhooks.endpoint import Endpoint, standing
from tests.webhooks.sending import sent

pytestmark = pytest.mark.usefixtures("database")


async def states() -> list[str]:
    return [each.state for each in await WebhookDelivery.all().order_by("id")]


async def test_any_library_verifies_it(
    follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint, clock: StoppedClock
) -> None:
    await tell(1)
    await follow()
    await tell(7)
    await sent(sender)
    ((_, message),) = endpoint.got
    moment = clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert message == {
        "type": "card.registered",
        "timestamp": moment,
        "data": {"customer": 7, "seq": 2},
    }
    body, headers = endpoint.raw[0]
    assert Verifier(endpoint.secret).verify(body, headers) == message
    with pytest.raises(WebhookVerificationError):
        Verifier(endpoint.secret).verify(body + " ", headers)
    attempt = await WebhookAttempt.get()
    assert (attempt.status, attempt.error, await states()) == (204, "", ["delivered"])
    await sent(sender)
    assert len(endpoint.got) == 1


async def test_only_what_was_asked_for(
    follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint
) -> None:
    await follow(kinds=frozenset({ChangeKind.CARD_REMOVED}))
    await tell(1, 2)
    await tell(1, kind=ChangeKind.CARD_REMOVED)
    await sent(sender)
    assert [message["data"]["seq"] for _, message in endpoint.got] == [3]


async def test_two_secrets_while_one_is_rotated(
    follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint, ctx: Context,
    clock: StoppedClock,
) -> None:  # fmt: skip
    made = await follow()
    rotated = await rotate_secret(ctx, None, made.webhook.public_id, timedelta(hours=1))
    await tell(1)
    await sent(sender)
    endpoint.secret = rotated.secret
    await tell(2)
    await sent(sender)
    assert len(endpoint.got) == 2
    # By either, until the overlap is over.
    assert len(endpoint.raw[-1][1]["webhook-signature"].split()) == 2
    clock.advance(hours=1)
    await tell(3)
    await sent(sender)
    assert len(endpoint.raw[-1][1]["webhook-signature"].split()) == 1
    assert len(endpoint.got) == 3
    endpoint.secret = made.secret
    await tell(4)
    await sent(sender)
    assert len(endpoint.got) == 3, "the old secret verifies nothing any more"
    assert not any(made.secret.encode() in each.sealed for each in await WebhookSecret.all())


async def test_of_an_assigned_card_one_after_the_other(
    follow: Follow, sender: Sender, endpoint: Endpoint, romashka: Account, clock: StoppedClock
) -> None:
    """Thousands are assigned at once: what is told of one holds up no other."""
    await follow()
    told: list[tuple[ChangeKind, dict[str, Any]]] = [
        (ChangeKind.CARD_ASSIGNED, {"assignment": 1}),
        (ChangeKind.ASSIGNMENT_EXPIRED, {"assignment": 1}),
        (ChangeKind.CARD_ASSIGNED, {"assignment": 2}),
        (ChangeKind.POOL_LOW, {"program": "club"}),
        (ChangeKind.POOL_EMPTY, {"program": "club"}),
        (ChangeKind.JOB_ENDED, {"job": 1}),
    ]
    async with transaction():
        await append(
            [
                Draft(romashka.id, kind, f"o{place}", clock(), data)
                for place, (kind, data) in enumerate(told)
            ]
        )

    async def of_the_first_ones(request: web.Request) -> web.Response:
        seq = (await request.json())["data"]["seq"]
        return web.Response(status=500 if seq in {1, 4} else 204)

    endpoint.otherwise = of_the_first_ones
    await sent(sender)
    assert await states() == [
        "waiting", "waiting", "delivered", "waiting", "waiting", "delivered",
    ]  # fmt: skip


async def test_of_a_customer_one_after_the_other(
    follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint, clock: StoppedClock
) -> None:
    await follow()
    endpoint.answers = [500]
    await tell(1)
    await tell(1, 2, 1)
    await sent(sender)
    # The first of customer 1 failed: those behind it wait, and so does the endpoint.
    clock.advance(minutes=10)
    await sent(sender)
    heard = [m["data"]["seq"] for _, m in endpoint.got if m["data"]["customer"] == 1]
    assert heard == [1, 1, 2, 4]
    assert {m["data"]["customer"] for _, m in endpoint.got} == {1, 2}
    assert endpoint.ids[0] in endpoint.ids[1:], "the same id at every attempt"
    assert await states() == ["delivered"] * 4


async def test_a_slow_one_holds_up_nobody_else(
    follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint
) -> None:
    await follow()
    goes_on = asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        await goes_on.wait()
        return web.Response()

    endpoint.answers = [slow] * 3
    await tell(1, 2, 3)
    await sender.step()
    await until(lambda: len(endpoint.got) == 3)
    quick = Endpoint()
    async with standing(quick) as address:
        quick.secret = (await follow(address)).secret
        await tell(4)
        await sender.step()
        await until(lambda: bool(quick.got))
        assert len(endpoint.got) == 3, "it is still at its first answers"
    goes_on.set()
    await sender.rest()


async def test_gone_for_good(
    follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint
) -> None:
    await follow()
    endpoint.always = 410
    await tell(1, 2)
    await sent(sender)
    assert (await Webhook.get()).status == WebhookStatus.ENDED
    heard = len(endpoint.got)
    await tell(3)
    await sent(sender)
    assert len(endpoint.got) == heard


async def test_answers_that_are_none(
    follow: Follow,
    tell: Tell,
    sender: Sender,
    endpoint: Endpoint,
    clock: StoppedClock,
    url: str,
) -> None:
    async def hangs_up(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async def leads_inside(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": url})

    async def goes_on_and_on(_: web.Request) -> web.Response:
        return web.Response(status=500, text="\0" + "я" * 100_000)

    await follow()
    endpoint.answers = [hangs_up, leads_inside, goes_on_and_on]
    await tell(1)
    for _ in range(4):
        await sent(sender)
        clock.advance(minutes=20)
    tries = await WebhookAttempt.all().order_by("id")
    assert [each.status for each in tries] == [None, 302, 500, 204]
    assert tries[0].error == "ServerDisconnectedError"
    assert 0 < len(tries[2].answer.encode()) <= 1024 + 4
    assert len(endpoint.got) == 4, "nothing was followed"


async def test_a_process_that_died_before_it_wrote_down(
    follow: Follow, tell: Tell, ctx: Context, ways: Ways, endpoint: Endpoint
) -> None:
    await follow()
    hangs = asyncio.Event()

    async def never(_: web.Request) -> web.Response:
        await hangs.wait()
        return web.Response()

    endpoint.answers = [never]
    await tell(1)
    first = Sender(ctx, ways)
    await first.step()
    await until(lambda: bool(endpoint.got))
    # As it is when the process is killed: nothing more happens in it.
    await first.stop()
    hangs.set()
    assert await states() == ["waiting"]
    await sent(Sender(ctx, ways))
    assert await states() == ["delivered"]
    assert len(set(endpoint.ids)) == 1
    assert len(endpoint.ids) == 2


async def test_plans_of_many_at_once(
    follow: Follow, tell: Tell, clock: StoppedClock, romashka: Account
) -> None:
    await follow()
    await tell(*range(1, 40))
    await asyncio.gather(*(plan_some(clock()) for _ in range(4)))
    assert await WebhookDelivery.all().count() == 39
    assert (await Webhook.get(account_id=romashka.id)).read_seq == 39


async def test_paused_it_loses_nothing(
    follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint, ctx: Context
) -> None:
    name = (await follow()).webhook.public_id
    await steer(ctx, None, name, WebhookStatus.PAUSED)
    await tell(1, 2)
    await sent(sender)
    assert endpoint.got == []
    await steer(ctx, None, name, WebhookStatus.ACTIVE)
    await sent(sender)
    assert len(endpoint.got) == 2


async def test_a_test_message(
    follow: Follow, sender: Sender, endpoint: Endpoint, ctx: Context
) -> None:
    name = (await follow()).webhook.public_id
    endpoint.answers = [500]
    message_id = await send_test(ctx, None, name)
    await sent(sender)
    assert await states() == ["failed"]
    assert (await Webhook.get()).failures == 0, "a test says nothing of the rest"
    await send_test(ctx, None, name)
    await sent(sender)
    assert [m["type"] for _, m in endpoint.got] == ["webhook.test"] * 2
    assert endpoint.ids[0] == message_id
