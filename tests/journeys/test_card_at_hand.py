"""Анна has her card: the barcode stays where it is."""

import asyncio

from backend.platform.context import Context
from models.card import Card
from models.message import Message
from models.outbox import OutboxDelivery
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import barcode_on, get_card, picture_of


async def welcomed() -> None:
    """The reaction to the new card has run."""
    done = OutboxDelivery.filter(reaction="welcome", done_at__isnull=False)
    async with asyncio.timeout(20):
        ran = await done.exists()
        while not ran:
            await asyncio.sleep(0.05)
            ran = await done.exists()


async def test_nothing_follows_the_card_that_has_just_been_issued(
    telegram: Telegram, town: Context
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    shown = await get_card(anna, "Лукоград")
    await welcomed()
    assert anna.screen["message_id"] == shown["message_id"]
    card = await Card.get()
    assert barcode_on(await picture_of(telegram, anna.screen)) == card.barcode_value
    assert not await Message.exists()
