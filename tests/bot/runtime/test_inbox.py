"""The inbox: every update once, sealed, and gone when Telegram can no longer repeat it."""

import pytest

from backend.platform.context import Context
from bot.intake.store import FORGOTTEN_AT_ONCE, Inbox
from bot.intake.update import INLINE_LANES, Malformed, decode, encode, lane_of, parse
from models.telegram_update import TelegramUpdate
from tests.support.chat.updates import inline_query, message
from tests.support.clock import StoppedClock

BOT = 1_000_000_001
ANNA, BORIS = 101, 102


async def stored() -> list[int]:
    return [row.update_id for row in await TelegramUpdate.all().order_by("id")]


async def test_the_same_update_delivered_twice_is_stored_once(database: str, ctx: Context) -> None:
    inbox = Inbox(ctx, BOT)
    await inbox.store([message(7, ANNA, "привет")])
    await inbox.store([message(7, ANNA, "привет"), message(8, ANNA, "ещё раз")])

    assert await stored() == [7, 8]


async def test_a_repeated_update_is_not_handled_again(database: str, ctx: Context) -> None:
    inbox = Inbox(ctx, BOT)
    await inbox.store([message(7, ANNA, "привет")])
    (taken,) = await inbox.take([ANNA])
    await inbox.done(taken)

    await inbox.store([message(7, ANNA, "привет")])

    assert await inbox.lanes(10) == []


async def test_two_bots_have_their_own_inboxes(database: str, ctx: Context) -> None:
    await Inbox(ctx, BOT).store([message(7, ANNA, "первому")])
    await Inbox(ctx, BOT + 1).store([message(7, ANNA, "второму")])

    (taken,) = await Inbox(ctx, BOT + 1).take([ANNA])

    assert Inbox(ctx, BOT).open(taken)["message"]["text"] == "второму"
    assert await TelegramUpdate.all().count() == 2


async def test_what_a_person_wrote_is_sealed_and_gone_once_handled(
    database: str, ctx: Context
) -> None:
    inbox = Inbox(ctx, BOT)
    await inbox.store([message(7, ANNA, "мой телефон 79161234567")])
    row = await TelegramUpdate.get(update_id=7)
    assert b"79161234567" not in bytes(row.payload)

    (taken,) = await inbox.take([ANNA])
    await inbox.done(taken)

    await row.refresh_from_db()
    assert bytes(row.payload) == b""


async def test_old_rows_go_before_telegram_may_choose_its_ids_anew(
    database: str, ctx: Context, clock: StoppedClock
) -> None:
    inbox = Inbox(ctx, BOT)
    await inbox.store([message(number, ANNA, "привет") for number in (1, 2, 3)])
    for end in (inbox.done, lambda taken: inbox.set_aside(taken, "KeyError")):
        (taken,) = await inbox.take([ANNA])
        await end(taken)

    clock.advance(days=3)
    await inbox.forget_old()
    assert await stored() == [2, 3], "handled is gone, set aside and waiting stay"

    clock.advance(days=4)
    await inbox.forget_old()
    assert await stored() == [3]


async def test_many_old_rows_go_by_batches(
    database: str, ctx: Context, clock: StoppedClock
) -> None:
    """After days in which the bot stood still nobody waits for all of them to go."""
    now = clock()
    await TelegramUpdate.bulk_create(
        TelegramUpdate(
            bot_id=BOT, update_id=number, lane=0, payload=b"", received_at=now, handled_at=now
        )
        for number in range(FORGOTTEN_AT_ONCE + 1)
    )
    clock.advance(days=3)
    inbox = Inbox(ctx, BOT)
    assert [await inbox.forget_old(), await TelegramUpdate.all().count()] == [True, 1]
    assert [await inbox.forget_old(), await TelegramUpdate.all().count()] == [False, 0]


async def test_hostile_values_can_be_kept(database: str, ctx: Context) -> None:
    inbox = Inbox(ctx, BOT)
    await inbox.store([message(1, ANNA, "a\0b \ud83d half a pair"), message(2, 10**30, "who?")])

    assert sorted(await inbox.lanes(10)) == [0, ANNA]
    (taken,) = await inbox.take([ANNA])
    assert inbox.open(taken)["message"]["text"] == "ab ? half a pair"
    (taken,) = await inbox.take([0])
    with pytest.raises(Malformed):
        inbox.open(taken)


def test_a_lane_is_the_chat_or_the_person() -> None:
    group = message(1, ANNA, "/start", chat={"id": -500, "type": "group", "title": "Семья"})
    tap = {
        "update_id": 2,
        "callback_query": {"id": "1", "from": {"id": BORIS}, "message": group["message"]},
    }
    assert lane_of(message(1, ANNA, "привет")) == ANNA
    assert lane_of(group) == -500
    assert lane_of(tap) == -500
    assert lane_of({"update_id": 3, "callback_query": {"from": {"id": BORIS}}}) == BORIS
    assert lane_of({"update_id": 4, "poll_answer": {"user": {"id": BORIS}}}) == BORIS
    assert lane_of({"update_id": 5, "poll": {"id": "9"}}) == 0
    # Searching inline does not wait for what happens in the chat.
    assert lane_of(inline_query(6, ANNA, "кофе")) == INLINE_LANES + ANNA


@pytest.mark.parametrize(
    "body",
    [b"", b"nonsense", b"[]", b"1", b"{}", b'{"update_id": "7"}', b'{"update_id": true}',
     b'{"update_id": -1}', b'{"update_id": 9223372036854775808}', b"[" * 5000],
)  # fmt: skip
def test_what_is_no_update_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        parse(body)


def test_an_update_survives_the_inbox_unchanged() -> None:
    update = message(7, ANNA, "ёжик 🦔 <b>", entities=[{"type": "bold", "offset": 0, "length": 1}])
    assert decode(encode(update)) == update
