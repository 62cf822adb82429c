"""Of one customer much is told at once: it holds up nobody, and is looked at but once."""

from backend.webhooks.due import LOOKED_AT, PUT_OFF, due
from backend.webhooks.log_of_deliveries import OF_STATE
from backend.webhooks.plan import plan_some
from backend.webhooks.sender import PLACES, Sender
from models.webhook import WebhookDelivery
from tests.support.clock import StoppedClock
from tests.support.database.plans import plan
from tests.webhooks.conftest import Follow, Tell
from tests.webhooks.endpoint import Endpoint
from tests.webhooks.sending import sent

MANY = LOOKED_AT + 20


async def test_others_go_at_once_and_theirs_one_after_the_other(
    follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint, clock: StoppedClock
) -> None:
    hook = (await follow()).webhook
    await tell(*[1] * MANY, 2, 3)
    await plan_some(clock())
    found = await due(hook.id, clock(), PLACES)
    assert [each.order_key for each in found] == ["customer:1", "customer:2", "customer:3"]
    there = WebhookDelivery.filter(available_at__lte=clock())
    assert await there.count() < LOOKED_AT, "what cannot go is looked at each time"
    await sent(sender)
    told = [(each["data"]["customer"], each["data"]["seq"]) for _, each in endpoint.got]
    assert {who for who, _ in told[:3]} == {1, 2, 3}
    ones = [seq for who, seq in told if who == 1]
    assert ones == sorted(ones)
    assert len(ones) == MANY, "each lets the next go, with no time between them"


async def test_what_was_put_off_and_missed_comes_up_by_itself(
    follow: Follow, tell: Tell, clock: StoppedClock
) -> None:
    hook = (await follow()).webhook
    await tell(*[1] * MANY)
    await plan_some(clock())
    (first,) = await due(hook.id, clock(), PLACES)
    await WebhookDelivery.filter(id=first.id).update(state="delivered")
    clock.advance(seconds=PUT_OFF.total_seconds())
    (next_one,) = await due(hook.id, clock(), PLACES)
    assert next_one.id == first.id + 1


async def test_what_failed_is_listed_by_an_index_of_its_own(database: str) -> None:
    statement = OF_STATE.format(state="failed")
    found = await plan(statement, [1, 1000, 50])
    assert "webhook_deliveries_failed" in found
