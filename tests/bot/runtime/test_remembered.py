"""Who writes and what stands in their chat, read at once; only what has changed is written."""

from backend.customers.person.block import block
from backend.customers.person.choose import choose_city, city_of
from backend.customers.person.meet import in_telegram, meet
from backend.platform.context import Context
from bot.visitor import keep, kept_of, remembered
from models.bot_chat import BotChat
from models.city import City
from models.customer import Customer

BOT, ANNA = 1_000_000_001, 101


def values(row: Customer | BotChat) -> dict[str, object]:
    return {name: getattr(row, name) for name in row._meta.db_fields}


async def anna_and_chat(ctx: Context) -> tuple[Customer, BotChat]:
    anna = await meet(ctx, in_telegram(ANNA), language="ru")
    chat = await BotChat.create(
        bot_id=BOT, chat_id=ANNA, awaiting="city", awaiting_data={"offer": 7}, basket=[3, 1],
        city_asked_at=ctx.clock(),
    )  # fmt: skip
    return anna, chat


async def test_it_is_what_the_rows_hold(database: str, ctx: Context) -> None:
    assert await remembered(BOT, ANNA) is None
    anna, chat = await anna_and_chat(ctx)
    found = await remembered(BOT, ANNA)
    assert found is not None
    assert values(found[0]) == values(await Customer.get(id=anna.id))
    assert values(found[1]) == values(await BotChat.get(id=chat.id))
    assert await remembered(BOT + 1, ANNA) is None
    assert await remembered(BOT, ANNA + 1) is None


async def test_the_city_comes_along_until_another_is_chosen(database: str, ctx: Context) -> None:
    await anna_and_chat(ctx)
    omsk, perm = [
        await City.create(
            key=key, name_ru=key, name_en=key, lat=1, lon=1, population=1, timezone="Asia/Omsk"
        )
        for key in ("omsk", "perm")
    ]
    await Customer.all().update(city_id=omsk.id)
    found = await remembered(BOT, ANNA)
    assert found is not None
    anna = found[0]
    assert await city_of(anna) == omsk
    await choose_city(anna, perm.id)
    assert await city_of(anna) == perm
    await choose_city(anna, None)
    assert await city_of(anna) is None


async def test_who_was_away_has_to_be_met_first(database: str, ctx: Context) -> None:
    await anna_and_chat(ctx)
    await block(ctx, in_telegram(ANNA))
    assert await remembered(BOT, ANNA) is None
    await meet(ctx, in_telegram(ANNA), language="ru")
    assert await remembered(BOT, ANNA) is not None


async def test_only_what_has_changed_is_written(database: str, ctx: Context) -> None:
    _, chat = await anna_and_chat(ctx)
    before = kept_of(chat)
    await BotChat.filter(id=chat.id).update(keys="en", screen_message_id=9)
    await keep(chat, before)
    chat.basket.append(2)
    chat.awaiting_data["offer"] = 8
    chat.screen_message_id = 10
    await keep(chat, before)
    row = await BotChat.get(id=chat.id)
    assert (row.keys, row.screen_message_id) == ("en", 10)
    assert (row.basket, row.awaiting_data, row.awaiting) == ([3, 1, 2], {"offer": 8}, "city")
