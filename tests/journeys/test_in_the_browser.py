"""The whole journey as a newcomer makes it: with a finger, on the chat page."""

import pytest

from backend.platform.context import Context
from models.card import Card
from tests.support.chat.browsing import chromium_at, first_card
from tests.support.chat.telegram import Telegram

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 430, "height": 900}, "device_scale_factor": 2}


@pytest.mark.sample("sqlite")
async def test_from_start_to_a_barcode_on_the_screen(telegram: Telegram, street: Context) -> None:
    async with chromium_at(f"{telegram.url}/?lang=ru", **PHONE) as anna:
        await first_card(anna)
        card = await Card.get()
        assert await anna.scanned() == card.barcode_value
