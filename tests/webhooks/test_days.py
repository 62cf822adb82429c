"""An endpoint is away for days: pauses grow, and then it is paused."""

from datetime import timedelta

import pytest
from aiohttp import web

from backend.platform.context import Context
from backend.webhooks.forget_deliveries import forget_deliveries
from backend.webhooks.pauses import LASTS, LONGEST_ASKED, PAUSES, pause
from backend.webhooks.replay import Span, replay
from backend.webhooks.sender import Sender
from backend.webhooks.settle import OUTAGE
from backend.webhooks.steer import steer
from models.audit_entry import AuditEntry
from models.outbox import OutboxEvent
from models.refusal import Code, Refusal
from models.webhook import Webhook, WebhookAttempt, WebhookDelivery, WebhookStatus
from tests.support.clock import StoppedClock
from tests.webhooks.conftest import Follow, Tell
from tests.webhooks.endpoint import Endpoint
from tests.webhooks.sending import sent

pytestmark = pytest.mark.usefixtures("database")


def test_pauses_grow() -> None:
    drawn = [pause(n).total_seconds() for n in range(1, 15)]
    wanted = [*PAUSES, *(PAUSES[-1:] * 4)]
    assert all(0.8 * w <= d <= 1.2 * w for d, w in zip(drawn, wanted, strict=True))
    assert sum(PAUSES) < LASTS.total_seconds()
    assert pause(1, timedelta(minutes=5)) == timedelta(minutes=5)
    assert pause(1, timedelta(days=9)) == LONGEST_ASKED


async def three_days(sender: Sender, clock: StoppedClock) -> None:
    """Each hour somebody looks."""
    end = clock() + LASTS + timedelta(hours=10)
    while clock() < end:
        await sent(sender)
        clock.advance(hours=1)


async def test_paused_after_three_days_and_told(
    follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint, clock: StoppedClock,
    ctx: Context,
) -> None:  # fmt: skip
    made = await follow()
    began, endpoint.always = clock(), 503
    await tell(1, 2)
    await three_days(sender, clock)
    webhook = await Webhook.get()
    assert webhook.status == WebhookStatus.PAUSED
    assert webhook.reason == "failed for three days: answers 503"
    tries = await WebhookAttempt.all().order_by("id")
    assert LASTS <= tries[-1].at - began < LASTS + timedelta(hours=10)
    assert 8 <= len(tries) <= 30
    # The account reads it in its own trail.
    entry = await AuditEntry.get(verb="pause_webhook")
    assert (entry.account_id, entry.actor_kind) == (webhook.account_id, "clock")
    assert (entry.after or {})["reason"] == webhook.reason
    assert await OutboxEvent.filter(kind="WebhookPaused").count() == 1

    await tell(3)
    heard, endpoint.always = len(endpoint.got), 204
    await steer(ctx, None, made.webhook.public_id, WebhookStatus.ACTIVE)
    await sent(sender)
    assert sorted(m["data"]["customer"] for _, m in endpoint.got[heard:]) == [1, 2, 3]


async def test_back_after_an_outage_all_goes_at_once(
    follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint, clock: StoppedClock
) -> None:
    await follow()
    endpoint.always = 500
    await tell(*range(1, 21))
    for _ in range(12):
        await sent(sender)
        clock.advance(minutes=20)
    webhook = await Webhook.get()
    assert webhook.failures >= OUTAGE
    assert webhook.rests_until is not None
    # The first pause over, one message is tried; those that were to wait for hours follow.
    heard, endpoint.always = len(endpoint.got), 204
    clock.now = max(clock(), webhook.rests_until)
    await sent(sender)
    assert sorted(m["data"]["customer"] for _, m in endpoint.got[heard:]) == list(range(1, 21))
    assert (await Webhook.get()).failures == 0


async def test_one_that_is_never_taken_stops_no_other(
    follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint, clock: StoppedClock
) -> None:
    """It is given up after three days; the endpoint is well, and goes on."""
    await follow()

    async def not_of_the_first(request: web.Request) -> web.Response:
        customer = (await request.json())["data"]["customer"]
        return web.Response(status=500 if customer == 1 else 204)

    endpoint.otherwise = not_of_the_first
    await tell(1)
    end, customer = clock() + LASTS + timedelta(hours=12), 10
    while clock() < end:
        customer += 1
        await tell(customer, 1)
        await sent(sender)
        clock.advance(hours=3)
    for _ in range(6):
        await sent(sender)
        clock.advance(hours=1)
    assert (await Webhook.get()).status == WebhookStatus.ACTIVE
    first = await WebhookDelivery.filter(order_key="customer:1").order_by("id").first()
    assert first is not None
    assert first.state == "failed"
    others = WebhookDelivery.exclude(order_key="customer:1")
    assert {each.state for each in await others} == {"delivered"}


async def test_replayed(
    follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint, clock: StoppedClock,
    ctx: Context,
) -> None:  # fmt: skip
    name = (await follow()).webhook.public_id
    await tell(1)
    await sent(sender)
    clock.advance(seconds=60)
    await tell(2, 3)
    await sent(sender)
    since = clock()
    assert await replay(ctx, None, name, Span(since=since)) == 2
    await sent(sender)
    assert endpoint.ids[3:] == endpoint.ids[1:3]
    assert await replay(ctx, None, name, Span(message_id=endpoint.ids[0])) == 1
    assert await replay(ctx, None, name, Span(message_id=endpoint.ids[0])) == 0, "it waits"
    await sent(sender)
    assert endpoint.ids[5:] == endpoint.ids[:1]
    with pytest.raises(Refusal) as refusal:
        await replay(ctx, None, name, Span(message_id="msg_nobody"))
    assert refusal.value.code is Code.DELIVERY_NOT_FOUND


async def test_old_ones_go(
    follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint, clock: StoppedClock
) -> None:
    await follow()
    await tell(1)
    await sent(sender)
    endpoint.always = 500
    await tell(2)
    await sent(sender)
    clock.advance(days=40)
    assert await forget_deliveries(clock() - timedelta(days=30)) == 1
    assert [each.state for each in await WebhookDelivery.all()] == ["waiting"]
    assert await WebhookAttempt.all().count() == 1
