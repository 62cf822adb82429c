"""kill -9 before each of the steps between an announcement and its last tick: nothing is lost, and
what has an effect has it once."""

import signal

import pytest

from backend.outbox.announce import announce
from models.category import Category
from models.outbox import OutboxDelivery, OutboxEvent
from tests.outbox.cards import card
from tests.outbox.effects import book, context
from tests.support.machine.processes import start_python
from tests.support.outbox import run_due

pytestmark = pytest.mark.slow
# What is about to be sent when the process dies.
STEPS = (
    "INSERT INTO outbox_deliveries (event_id, reaction, available_at, order_key, coalesce_key",
    "UPDATE outbox_events SET fanned_out_at",
    "UPDATE outbox_deliveries SET dispatched_at",
    "UPDATE outbox_deliveries SET attempts",
    "UPDATE outbox_deliveries SET done_at",
)


@pytest.mark.parametrize("step", STEPS, ids=["insert", "stamp", "claim", "begin", "done"])
async def test_killed_before(database: str, step: str) -> None:
    ctx = context()
    for number in range(1, 4):
        await announce(ctx.clock(), card(number))
    killed = await start_python("tests.outbox.process_killed", database, step)
    _, said = await killed.communicate()
    assert killed.returncode == -signal.SIGKILL, said.decode()
    await announce(ctx.clock(), card(4))
    await run_due(ctx, book())
    await run_due(context(minutes=1), book())
    assert await OutboxEvent.filter(fanned_out_at=None).count() == 0
    assert await OutboxDelivery.filter(done_at=None).count() == 0
    for name in ("once", "tell", "report"):
        cards = await Category.filter(name_en=name).order_by("id").values_list("position")
        assert sorted(cards) == [(1,), (2,), (3,), (4,)]
        assert name != "tell" or cards == sorted(cards), "in order"
    sealed = await Category.filter(name_en="seal").order_by("-id").first()
    assert sealed is not None
    assert sealed.position == 4, "a run that began after the last event"
