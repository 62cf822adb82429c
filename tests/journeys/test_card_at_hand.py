"""Анна has her card: the barcode stays where it is."""

from backend.platform.context import Context
from models.card import Card
from models.message import Message
from models.outbox import OutboxDelivery, OutboxEvent
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import barcode_on, get_card, picture_of
from tests.support.machine.waiting import until


async def all_has_followed() -> bool:
    """The new card was announced, and every reaction that it concerns has run."""
    announced = OutboxEvent.filter(kind="CardIssued", fanned_out_at__isnull=False)
    open_ones = OutboxDelivery.filter(event__kind="CardIssued", done_at__isnull=True)
    return await announced.exists() and not await open_ones.exists()


async def test_nothing_follows_the_card_that_has_just_been_issued(
    telegram: Telegram, town: Context
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    shown = await get_card(anna, "Лукоград")
    await until(all_has_followed, "all that follows a card")
    assert anna.screen["message_id"] == shown["message_id"]
    card = await Card.get()
    assert barcode_on(await picture_of(telegram, anna.screen)) == card.barcode_value
    assert not await Message.exists()
