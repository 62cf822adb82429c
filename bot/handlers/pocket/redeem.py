"""A promo code is typed, a receipt is photographed: the shop's system says whether it takes it."""

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message

from backend.cards.pocket.wallet import open_wallet_card
from backend.connections.redeem import redeem
from backend.partners.member import Given
from backend.platform.context import Context
from backend.reading.reader import Reader
from bot.awaiting import CARD_REDEEM, Awaiting, Typed, expect
from bot.download import NotThere, TooLarge, download, in_hand
from bot.screens.parts import escape
from bot.screens.pocket.redeem import redeem_prompt, redeemed
from bot.screens.refusals import reason
from bot.screens.screen import Screen
from bot.tapped import Tapped
from bot.taps.pocket import Redeem
from bot.visitor import Visitor
from models.barcode_format import BarcodeFormat
from models.refusal import Code, Refusal

router = Router(name="redeem")
# The person may try the same, or another one.
_AGAIN = {Code.PROMO_REFUSED, Code.TRY_LATER}


@router.callback_query(Tapped(Redeem))
async def ask(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Redeem
) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.card)
    kind = Given.RECEIPT if callback_data.receipt else Given.PROMO_CODE
    expect(visitor, CARD_REDEEM, card=shown.id, kind=kind.value)
    return redeem_prompt(visitor.words, shown, kind.word)


@router.message(Typed(CARD_REDEEM))
async def typed(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    return await _given(visitor, ctx, message.text or "")


@router.message(F.photo, Awaiting(CARD_REDEEM))
async def photographed(
    message: Message, visitor: Visitor, ctx: Context, bot: Bot, reader: Reader
) -> Screen:
    assert message.photo
    largest = message.photo[-1]
    try:
        with in_hand(reader, visitor, largest.file_size):
            data = await download(bot, message.chat.id, largest.file_id, largest.file_size)
            reading = await reader.read(data, who=visitor.customer.id)
    except (TooLarge, NotThere):
        return await _given(visitor, ctx, "")
    codes = [each.text for each in reading.barcodes if each.format is BarcodeFormat.QR]
    return await _given(visitor, ctx, codes[0] if codes else "")


async def _given(visitor: Visitor, ctx: Context, text: str) -> Screen:
    asked = visitor.chat.awaiting_data
    shown = await open_wallet_card(ctx, visitor.customer, int(asked["card"]))
    kind = Given(str(asked["kind"]))
    try:
        await redeem(ctx, visitor.customer, shown.card, kind, text)
    except Refusal as refusal:
        if refusal.code not in _AGAIN:
            raise
        wrong = escape(reason(visitor.words, refusal))
        return redeem_prompt(visitor.words, shown, kind.word, wrong)
    visitor.chat.awaiting = ""
    return redeemed(visitor.words, shown, kind.word)
