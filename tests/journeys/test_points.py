"""Анна gets the reader's ticket of «Том Томыч», whose points Karman itself keeps, and looks where
they came from."""

from decimal import Decimal

from backend.ledger.accrue import accrue
from backend.ledger.card import cards_by_id
from backend.ledger.spend import spend
from backend.platform.context import Context
from models.card import Card
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import get_card
from tests.support.machine.waiting import until


async def stands(tier: str, balance: Decimal) -> bool:
    card = await Card.get()
    return (card.tier, card.balance) == (tier, balance)


async def test_points_are_seen_with_day_and_reason(telegram: Telegram, town: Context) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await get_card(anna, "Том Томыч")
    await until(lambda: stands("In-Octavo", Decimal(100)), "the gift with the new card")
    card = await Card.get()
    kept = (await cards_by_id([card.id]))[card.id]
    await accrue(town, kept, 60050, "receipt-1", "Три тома <Гоголя>")
    for n in range(4):
        await spend(town, kept, 100, f"receipt-{n + 2}", "Закладка")
    await until(lambda: stands("In-Quarto", Decimal("696.50")), "the next tier")

    await anna.send("/cards")
    await anna.tap("Том Томыч")
    await anna.until("Уровень: In-Quarto")
    await anna.tap("Баллы")
    first = await anna.until("Закладка")
    assert "Баллы: 696,50" in first["text"]
    assert "+600,50  Начислено: Три тома <Гоголя>" in first["text"]
    assert "Подарок" not in first["text"]
    await anna.tap("›")
    second = await anna.until("Подарок к новой карте")
    assert "21 ноября 2026  +100" in second["text"]
    await anna.tap("Назад")
    await anna.until("Уровень: In-Quarto")
