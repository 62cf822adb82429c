"""Lanes: one person's updates in order, two persons' in parallel, none lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe

from backend.platform.context import Context
from bot.intake.lanes import Bounds, Handle, Lanes
from bot.intake.store import Inbox
from bot.intake.update import Raw
from models.telegram_update import TelegramUpdate
from tests.support.chat.updates import inline_query, message
from tests.support.machine.waiting import until

BOT = 1_000_000_001
ANNA, BORIS = 101, 102
QUICK = Bounds(first_pause=0.01, look=0.02)


async def nobody_told(update: Raw) -> None:
    raise AssertionError(f"given up: {update}")


@asynccontextmanager
async def lanes_of(
    inbox: Inbox, handle: Handle, give_up: Handle = nobody_told, bounds: Bounds = QUICK
) -> AsyncIterator[Lanes]:
    lanes = Lanes(inbox, handle, give_up, bounds)
    task = asyncio.create_task(lanes.run())
    yield lanes
    lanes.stop()
    await task


async def all_handled() -> bool:
    return not await TelegramUpdate.filter(handled_at=None).exists()


async def test_one_persons_updates_are_handled_in_order(database: str, ctx: Context) -> None:
    seen: list[str] = []

    async def handle(update: Raw) -> None:
        seen.append(f"begin {update['update_id']}")
        await asyncio.sleep(0)
        seen.append(f"end {update['update_id']}")

    inbox = Inbox(ctx, BOT)
    # They come in out of order, as a webhook's connections may bring them.
    await inbox.store([message(number, ANNA, "тык") for number in (3, 1, 2)])
    async with lanes_of(inbox, handle):
        await until(all_handled)

    assert seen == [f"{what} {number}" for number in (1, 2, 3) for what in ("begin", "end")]


async def test_two_persons_are_handled_in_parallel(database: str, ctx: Context) -> None:
    boris_came = asyncio.Event()
    ended: list[int] = []

    async def handle(update: Raw) -> None:
        person = update["message"]["from"]["id"]
        if person == BORIS:
            boris_came.set()
        # Анна came first and can only end when Борис has begun.
        await asyncio.wait_for(boris_came.wait(), 5)
        ended.append(person)

    inbox = Inbox(ctx, BOT)
    await inbox.store([message(1, ANNA, "долго"), message(2, BORIS, "быстро")])
    async with lanes_of(inbox, handle):
        await until(all_handled)

    assert sorted(ended) == [ANNA, BORIS]


async def test_typing_an_inline_query_does_not_wait_for_the_chat(
    database: str, ctx: Context
) -> None:
    searched = asyncio.Event()

    async def handle(update: Raw) -> None:
        if "inline_query" in update:
            searched.set()
        await asyncio.wait_for(searched.wait(), 5)

    inbox = Inbox(ctx, BOT)
    await inbox.store([message(1, ANNA, "выпустить"), inline_query(2, ANNA, "кофе")])
    async with lanes_of(inbox, handle):
        await until(all_handled)


async def test_a_poison_update_is_set_aside_and_the_next_one_is_handled(
    database: str, ctx: Context
) -> None:
    handled: list[int] = []
    told: list[int] = []
    tries: list[int] = []

    async def handle(update: Raw) -> None:
        if update["update_id"] == 1:
            tries.append(1)
            raise KeyError("79161234567")
        handled.append(update["update_id"])

    async def give_up(update: Raw) -> None:
        told.append(update["update_id"])

    inbox = Inbox(ctx, BOT)
    await inbox.store([message(1, ANNA, "яд"), message(2, ANNA, "вода")])
    async with lanes_of(inbox, handle, give_up):
        await until(all_handled)

    poison = await TelegramUpdate.get(update_id=1)
    assert (handled, told, len(tries)) == ([2], [1], QUICK.attempts)
    assert poison.error.startswith("KeyError at test_lanes.py")
    assert "7916" not in poison.error, "an error's text may quote the person"


async def test_an_update_that_kills_the_process_is_set_aside_in_the_end(
    database: str, ctx: Context
) -> None:
    told: list[int] = []

    async def handle(update: Raw) -> None:
        raise AssertionError("it would kill this process too")

    async def give_up(update: Raw) -> None:
        told.append(update["update_id"])

    inbox = Inbox(ctx, BOT)
    await inbox.store([message(1, ANNA, "яд")])
    for _ in range(QUICK.attempts):
        assert await inbox.take([ANNA]), "taken by a process that died"
    async with lanes_of(inbox, handle, give_up):
        await until(all_handled)

    assert told == [1]


async def test_while_telegram_is_away_nothing_is_given_up(database: str, ctx: Context) -> None:
    tries = 0

    async def handle(update: Raw) -> None:
        nonlocal tries
        tries += 1
        if tries < 3 * QUICK.attempts:
            raise TelegramNetworkError(GetMe(), "away")

    inbox = Inbox(ctx, BOT)
    await inbox.store([message(1, ANNA, "привет")])
    async with lanes_of(inbox, handle, bounds=Bounds(first_pause=0, look=0.01)):
        await until(all_handled)

    row = await TelegramUpdate.get(update_id=1)
    assert (tries, row.attempts, row.error) == (3 * QUICK.attempts, 1, "")


async def test_a_flood_of_one_person_leaves_room_for_the_others(
    database: str, ctx: Context
) -> None:
    order: list[int] = []

    async def handle(update: Raw) -> None:
        order.append(update["message"]["from"]["id"])

    inbox = Inbox(ctx, BOT)
    await inbox.store([message(number, ANNA, "тык") for number in range(1, 60)])
    await inbox.store([message(99, BORIS, "привет")])
    async with lanes_of(inbox, handle, bounds=Bounds(parallel=1, look=0.01)):
        await until(all_handled)

    assert order.index(BORIS) <= 1
    assert len(order) == 60


async def test_one_lane_holds_no_place_against_five_hundred_others(
    database: str, ctx: Context
) -> None:
    """However much she has sent, each of the others waits for no more than two of hers."""
    order: list[int] = []

    async def handle(update: Raw) -> None:
        order.append(update["message"]["from"]["id"])

    inbox = Inbox(ctx, BOT)
    await inbox.store([message(number, ANNA, "тык") for number in range(1, 101)])
    await inbox.store([message(1000 + number, 10_000 + number, "тык") for number in range(500)])
    async with lanes_of(inbox, handle, bounds=Bounds(parallel=1, look=0.01)):
        await until(all_handled)

    last = max(place for place, person in enumerate(order) if person != ANNA)
    assert order[:last].count(ANNA) <= 2
    assert order.count(ANNA) == 100


async def test_stopping_finishes_the_update_in_hand_and_leaves_the_rest(
    database: str, ctx: Context
) -> None:
    began, go_on = asyncio.Event(), asyncio.Event()

    async def handle(update: Raw) -> None:
        began.set()
        await go_on.wait()

    inbox = Inbox(ctx, BOT)
    await inbox.store([message(1, ANNA, "в руках"), message(2, ANNA, "ждёт")])
    lanes = Lanes(inbox, handle, nobody_told, QUICK)
    task = asyncio.create_task(lanes.run())
    await began.wait()
    lanes.stop()
    go_on.set()
    await task

    assert (await TelegramUpdate.get(update_id=1)).handled_at is not None
    waiting = await TelegramUpdate.get(update_id=2)
    assert (waiting.handled_at, waiting.attempts) == (None, 0)


@pytest.mark.parametrize("payload", [b"rubbish", b""])
async def test_a_row_that_cannot_be_opened_does_not_stop_its_lane(
    database: str, ctx: Context, payload: bytes
) -> None:
    handled: list[int] = []

    async def handle(update: Raw) -> None:
        handled.append(update["update_id"])

    inbox = Inbox(ctx, BOT)
    await inbox.store([message(1, ANNA, "испорчено"), message(2, ANNA, "цело")])
    await TelegramUpdate.filter(update_id=1).update(payload=payload)
    async with lanes_of(inbox, handle):
        await until(all_handled)

    assert handled == [2]
