"""The day that a brand wrote as an offer's last one, on the site and in the chat."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from backend.consents.receipt import make_receipt
from backend.consents.receipt_page import receipt_page
from backend.platform.context import Context
from backend.platform.words import Translator
from bot.screens.browse.offer import offer
from bot.words import load_words
from catalog.shelves.browse import open_offer
from models.account import Account
from tests.support.factory.agreeing import agreed
from tests.support.factory.brands import another_offer, shop


@pytest.mark.parametrize(
    ("zone", "ends"),
    [
        ("Europe/Kaliningrad", datetime(2030, 12, 31, 22, tzinfo=UTC)),
        ("Europe/Moscow", datetime(2030, 12, 31, 21, tzinfo=UTC)),
        ("Asia/Vladivostok", datetime(2030, 12, 31, 14, tzinfo=UTC)),
        ("UTC", datetime(2031, 1, 1, tzinfo=UTC)),
    ],
)
async def test_the_last_day_is_the_one_in_the_pack(
    site: aiohttp.ClientSession, ctx: Context, zone: str, ends: datetime
) -> None:
    """Midnight after the 31st, in the brand's own zone: the 31st for every reader."""
    account, _, brand = await shop()
    await Account.filter(id=account.id).update(timezone=zone)
    made = await another_offer(brand, "till", ends_at=ends)
    async with site.get("/offers?lang=ru") as answer:
        assert "31.12.2030" in await answer.text()
    shown = await open_offer(ctx.clock(), made.id)
    words = load_words()
    assert "31 декабря 2030" in offer(Translator(words, "ru"), shown, [], None).text
    assert "31 December 2030" in offer(Translator(words, "en"), shown, [], None).text


async def test_a_receipt_is_rendered_in_the_person_s_zone(database: str, ctx: Context) -> None:
    at = await shop()
    anna = await agreed(ctx, at)
    receipt = await make_receipt(anna.customer.id, at[0].id, "ru", ctx.clock())
    assert receipt is not None
    page = receipt_page(receipt, ZoneInfo("Asia/Vladivostok")).decode()
    said = receipt.said[0]
    assert "(UTC+10:00)" in page
    assert f"{said.at.astimezone(ZoneInfo('Asia/Vladivostok')):%d.%m.%Y %H:%M:%S}" in page
    assert "<p>personal_data version 1</p>" in page, "rendered, and the exact text below"
    assert f'<pre class="exact">{said.title}\n\n{said.text}</pre>' in page
