"""Telegram's own count of updates tells a restored backup from an outage."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.platform.context import Context
from backend.restored.settle import settle_restored
from backend.restored.unsettled import unsettled
from bot.intake.store import Inbox
from models.restoration import NoticedBy
from models.telegram_update import TelegramUpdate
from tests.support.clock import StoppedClock

BOT = 77
pytestmark = pytest.mark.usefixtures("database")


def message(number: int) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": 5}, "text": "hi"}}


def tap(number: int, sent: datetime) -> dict[str, Any]:
    shown = {"chat": {"id": 5}, "message_id": 9, "date": int(sent.timestamp())}
    return {"update_id": number, "callback_query": {"from": {"id": 5}, "message": shown}}


async def a_day_of_updates(ctx: Context, clock: StoppedClock, count: int = 24) -> int:
    """One an hour; the newest number."""
    inbox = Inbox(ctx, BOT)
    for number in range(1000, 1000 + count):
        clock.advance(hours=1)
        await inbox.store([message(number)])
    return 1000 + count - 1


async def restarted(ctx: Context, *updates: dict[str, Any]) -> bool:
    """Whether a bot that starts now and is offered these notices a loss."""
    inbox = Inbox(ctx, BOT)
    await inbox.lost_time.remember()
    await inbox.store(list(updates))
    return await unsettled() is not None


async def test_far_ahead_is_a_restored_backup(ctx: Context, clock: StoppedClock) -> None:
    newest = await a_day_of_updates(ctx, clock)
    clock.advance(hours=5)
    assert await restarted(ctx, message(newest + 301))
    standing = await unsettled()
    assert standing is not None
    assert (standing.noticed_by, standing.lost) == (NoticedBy.UPDATES, 300)
    assert await TelegramUpdate.filter(update_id=newest + 301).exists()
    await settle_restored(ctx, None, {})
    # Settled: neither the same process nor the next one says it again.
    assert not await restarted(ctx, message(newest + 302))


async def test_a_tap_on_a_message_that_nobody_here_sent(ctx: Context, clock: StoppedClock) -> None:
    newest = await a_day_of_updates(ctx, clock)
    clock.advance(hours=5)
    lost = clock() - timedelta(hours=1)
    clock.advance(minutes=1)
    assert await restarted(ctx, message(newest + 12), tap(newest + 13, lost))
    standing = await unsettled()
    assert standing is not None
    assert standing.lost == 11


@pytest.mark.parametrize(
    ("hours", "ahead"),
    [
        pytest.param(0, 1, id="a restart"),
        pytest.param(2, 60, id="an outage: taps and inline queries expired"),
        pytest.param(40, 90, id="a long outage: a day of updates expired"),
        pytest.param(0, 100, id="webhook calls overtake each other"),
        pytest.param(0, -3, id="a repeated update"),
        pytest.param(24 * 8, 900_000_000, id="numbered anew after a quiet week"),
        pytest.param(24 * 8, -700, id="numbered anew, lower"),
    ],
)
async def test_what_is_no_loss(ctx: Context, clock: StoppedClock, hours: int, ahead: int) -> None:
    newest = await a_day_of_updates(ctx, clock)
    clock.advance(hours=hours)
    assert not await restarted(ctx, message(newest + ahead))


async def test_a_busy_bot_may_miss_more_than_a_quiet_one(ctx: Context, clock: StoppedClock) -> None:
    inbox = Inbox(ctx, BOT)
    await inbox.store([message(1000)])
    clock.advance(hours=1)
    await inbox.store([message(37_000)])
    clock.advance(minutes=10)
    assert not await restarted(ctx, message(37_000 + 4_000))
    clock.advance(minutes=1)
    assert await restarted(ctx, message(41_000 + 9_000))


async def test_an_empty_inbox_says_nothing(ctx: Context) -> None:
    assert not await restarted(ctx, message(424_242))


async def test_old_buttons_and_own_messages_say_nothing(ctx: Context, clock: StoppedClock) -> None:
    newest = await a_day_of_updates(ctx, clock)
    old = clock() - timedelta(days=90)
    clock.advance(hours=30)
    inbox = Inbox(ctx, BOT)
    await inbox.store([tap(newest + 1, old)])
    clock.advance(hours=1)
    await inbox.store([tap(newest + 2, clock() - timedelta(minutes=5))])
    assert await unsettled() is None


async def test_a_standby_that_takes_over_looks_at_the_inbox_as_it_is(
    ctx: Context, clock: StoppedClock
) -> None:
    await a_day_of_updates(ctx, clock)
    standby = Inbox(ctx, BOT)
    clock.advance(hours=1)
    await Inbox(ctx, BOT).store([message(1024 + n) for n in range(90)])
    for start in (1114, 1204, 1294):
        await Inbox(ctx, BOT).store([message(start + n) for n in range(90)])
    await standby.store([message(1384)])
    assert await unsettled() is None
