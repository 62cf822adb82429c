"""Анна leafs through her wallet: a page is read by itself and shows what the whole would show."""

import pytest

from backend.cards.pocket.listed import EVERYTHING, CardPage, card_page, wallet_tally
from backend.cards.pocket.organise import archive_card, move_card, star_card
from backend.cards.pocket.wallet import wallet_in_order
from backend.platform.context import Context
from backend.platform.words import Translator
from bot.screens.pocket.wallet import card_label
from bot.tap_codec import BEYOND
from bot.words import load_words
from models.card import Card
from models.wallet_entry import WalletEntry
from tests.cards.conftest import CarryCard
from tests.cards.pocket.test_card_view import card_of, shop
from tests.support.factory.customers import someone


async def test_a_page_of_the_wallet_past_the_end_is_the_last_one(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    assert await card_page(ctx, anna, "used", EVERYTHING, 3, 2) == CardPage([])
    names = ["Чай", "Сыр", "Хлеб", "Мёд", "Соль"]
    made = [await carry(anna, name, f"100{place}") for place, name in enumerate(names)]
    await star_card(anna, made[3].id, starred=True)

    async def page(number: int, sort: str = "used") -> tuple[list[str], int, int, int]:
        found = await card_page(ctx, anna, sort, EVERYTHING, number, 2)
        return [each.name("en") for each in found.cards], found.page, found.pages, found.total

    assert await page(0) == (["Мёд", "Чай"], 0, 3, 5)
    assert await page(2) == (["Соль"], 2, 3, 5)
    assert await page(BEYOND - 1) == (["Соль"], 2, 3, 5)
    assert await page(0, "new") == (["Мёд", "Соль"], 0, 3, 5)
    assert await page(0, "own") == (["Чай", "Сыр"], 0, 3, 5)
    assert not (await wallet_tally(anna)).ordered
    await move_card(ctx, anna, made[4].id, up=True)
    assert await page(0, "own") == (["Мёд", "Чай"], 0, 3, 5)
    await archive_card(anna, made[0].id, archived=True)
    tally = await wallet_tally(anna)
    assert (tally.archived, tally.shared, tally.ordered) == (1, 0, True)
    assert await page(2) == (["Хлеб", "Соль"], 1, 2, 4)


@pytest.mark.parametrize("sort", ["used", "new", "own", ""])
async def test_a_page_shows_what_the_whole_wallet_shows(
    ctx: Context, database: str, carry: CarryCard, sort: str
) -> None:
    anna = await someone(ctx, 1)
    await card_of(ctx, anna, await shop("bread"))
    for place in range(4):
        card = await carry(anna, f"Чай {place}", f"10{place}")
        await WalletEntry.filter(card_id=card.id).update(uses=place % 3, starred=place == 1)
    await Card.filter(customer_id=anna.id).order_by("-id").limit(1).update(balance="1250.5")
    whole = await wallet_in_order(ctx, anna, sort=sort)
    page = (await card_page(ctx, anna, sort or "used", EVERYTHING, 0, 9)).cards
    words = Translator(load_words(), "ru")
    assert [card_label(words, each) for each in page] == [card_label(words, each) for each in whole]
