"""From «Начать» to the card in the phone's wallet, with a finger on the chat page."""

from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from backend.platform.context import Context
from backend.platform.settings import Settings, load_settings
from backend.platform.world.phones import phones_of
from backend.web.run import listening
from bot.run import run_bot
from models.card import Card
from models.wallet_pass import WalletKind, WalletPass
from tests.passes.apple.chain import chain
from tests.support.chat.browsing import chromium_at, first_card
from tests.support.chat.telegram import Telegram
from tests.support.machine.running import OpenGate, in_background
from tests.support.machine.servers import free_port
from tests.support.machine.waiting import until

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 430, "height": 900}, "device_scale_factor": 2}


@pytest.mark.sample("sqlite")
async def test_a_tap_below_the_card(
    telegram: Telegram, settings: Settings, database: str, ctx: Context
) -> None:
    signed = load_settings(
        bot_token=telegram.token,
        bot_api_url=telegram.url,
        database_url=settings.database_url,
        data_dir=settings.data_dir,
        listen=f"127.0.0.1:{free_port()}",
        apple_passes=(chain().signer + chain().intermediate).decode(),
    )
    there = replace(ctx, phones=phones_of(signed))
    async with (
        in_background(run_bot(signed, there, OpenGate())),
        listening(signed, there),
        chromium_at(f"{telegram.url}/?lang=ru", **PHONE) as anna,
    ):
        await first_card(anna)
        async with anna.page.expect_popup() as opened:
            await anna.tap("Добавить в Apple Wallet")
        phone, card = await opened.value, await Card.get()
        await phone.wait_for_selector("section.back")

        async def shows_the_card() -> bool:
            shot = Image.open(BytesIO(await phone.screenshot(full_page=True)))
            read = zxingcpp.read_barcode(shot)
            return read is not None and str(read.text) == card.barcode_value

        await until(shows_the_card, "the card in the phone")
        assert await phone.get_by_text(card.printed_number).first.is_visible()
    held = await WalletPass.get()
    assert (held.wallet, held.card_id) == (WalletKind.APPLE, card.id)
