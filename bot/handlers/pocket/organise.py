"""What an owner keeps with a card: star, place, note, last day, photos."""

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message

from backend.cards.issue.apply import apply_for
from backend.cards.pocket.expiry import noon_of, read_day, zone_of
from backend.cards.pocket.organise import expire_card, forget_photo, move_card, note_card, star_card
from backend.cards.pocket.owner_notes import photos_of
from backend.cards.pocket.partner_match import partner_of
from backend.cards.pocket.photograph import photograph_card
from backend.cards.pocket.wallet import open_wallet_card
from backend.platform.context import Context
from backend.reading.reader import Reader
from bot.awaiting import CARD_EXPIRY, CARD_NOTE, CARD_PHOTO, Awaiting, Typed, expect
from bot.download import NotThere, TooLarge, download, in_hand
from bot.screens.pocket.organise import (
    card_more,
    expiry_prompt,
    note_prompt,
    photo_prompt,
    photo_shown,
)
from bot.screens.refusals import again_screen
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.taps.pocket import (
    BecomeReal,
    CardExpiry,
    CardMore,
    CardNote,
    CardPhotoAsk,
    CardPhotoDrop,
    CardPhotoShow,
    MoveCard,
    StarCard,
)
from bot.views.issue import application_screen
from bot.views.pocket import card_screen
from bot.visitor import Visitor
from models.refusal import Code, Refusal

router = Router(name="keep")


async def more_screen(visitor: Visitor, ctx: Context, card_id: int) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, card_id)
    here = ctx.clock().astimezone(await zone_of(visitor.customer))
    program = shown.card.program
    return card_more(visitor.words, shown, here, sharing=program is None or program.sharing)


@router.callback_query(Tapped(CardMore))
async def more(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: CardMore
) -> Screen:
    return await more_screen(visitor, ctx, callback_data.id)


@router.callback_query(Tapped(StarCard))
async def star(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: StarCard
) -> Screen:
    await star_card(visitor.customer, callback_data.id, starred=callback_data.on)
    return await card_screen(visitor, ctx, callback_data.id)


@router.callback_query(Tapped(MoveCard))
async def move(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: MoveCard
) -> Alert:
    place = await move_card(ctx, visitor.customer, callback_data.id, up=callback_data.up)
    return Alert(visitor.words("more-moved", place=place), modal=False)


@router.callback_query(Tapped(CardNote))
async def note(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: CardNote
) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.id)
    if callback_data.clear:
        await note_card(ctx, visitor.customer, shown.id, "")
        return await more_screen(visitor, ctx, shown.id)
    expect(visitor, CARD_NOTE, card=shown.id)
    return note_prompt(visitor.words, shown)


@router.message(Typed(CARD_NOTE))
async def note_typed(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    card_id = int(visitor.chat.awaiting_data["card"])
    visitor.chat.awaiting = ""
    await note_card(ctx, visitor.customer, card_id, message.text or "")
    return await more_screen(visitor, ctx, card_id)


@router.callback_query(Tapped(CardExpiry))
async def expiry(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: CardExpiry
) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.id)
    if callback_data.clear:
        await expire_card(ctx, visitor.customer, shown.id, None)
        return await more_screen(visitor, ctx, shown.id)
    expect(visitor, CARD_EXPIRY, card=shown.id)
    return expiry_prompt(visitor.words, shown)


@router.message(Typed(CARD_EXPIRY))
async def expiry_typed(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    card_id = int(visitor.chat.awaiting_data["card"])
    shown = await open_wallet_card(ctx, visitor.customer, card_id)
    zone = await zone_of(visitor.customer)
    try:
        day = read_day(message.text or "", ctx.clock().astimezone(zone).date())
    except Refusal as refusal:
        if refusal.code is not Code.INVALID_ANSWER:
            raise
        return expiry_prompt(visitor.words, shown, wrong=True)
    visitor.chat.awaiting = ""
    await expire_card(ctx, visitor.customer, card_id, noon_of(day, zone))
    return await more_screen(visitor, ctx, card_id)


@router.callback_query(Tapped(CardPhotoAsk))
async def ask_photo(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: CardPhotoAsk
) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.id)
    side = "back" if callback_data.side == "back" else "front"
    expect(visitor, CARD_PHOTO, card=shown.id, side=side)
    return photo_prompt(visitor.words, shown.id, side)


@router.message(F.photo, Awaiting(CARD_PHOTO))
async def photographed(
    message: Message, visitor: Visitor, ctx: Context, bot: Bot, reader: Reader
) -> Screen:
    assert message.photo
    asked = visitor.chat.awaiting_data
    card_id, side = int(asked["card"]), str(asked["side"])
    largest = message.photo[-1]
    try:
        with in_hand(reader, visitor, largest.file_size):
            picture = await download(bot, message.chat.id, largest.file_id, largest.file_size)
            await photograph_card(ctx, reader, visitor.customer, card_id, side, picture)
    except (TooLarge, NotThere):
        return photo_prompt(visitor.words, card_id, side, wrong=True)
    except Refusal as refusal:
        if refusal.code is not Code.INVALID_ANSWER:
            raise
        return photo_prompt(visitor.words, card_id, side, wrong=True)
    visitor.chat.awaiting = ""
    return await more_screen(visitor, ctx, card_id)


@router.message(~F.text & ~F.photo, Awaiting(CARD_PHOTO))
async def no_photo(message: Message, visitor: Visitor) -> Screen:
    asked = visitor.chat.awaiting_data
    return photo_prompt(visitor.words, int(asked["card"]), str(asked["side"]), wrong=True)


@router.callback_query(Tapped(CardPhotoShow))
async def show_photo(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: CardPhotoShow
) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.id)
    photo = (await photos_of(ctx, visitor.customer, shown.id)).get(callback_data.side)
    if photo is None:
        return await more_screen(visitor, ctx, shown.id)
    return photo_shown(visitor.words, shown, callback_data.side, photo)


@router.callback_query(Tapped(CardPhotoDrop))
async def drop_photo(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: CardPhotoDrop
) -> Reply:
    await forget_photo(visitor.customer, callback_data.id, callback_data.side)
    screen = await more_screen(visitor, ctx, callback_data.id)
    return Reply(screen=screen, alert=Alert(visitor.words("photo-dropped"), modal=False))


@router.callback_query(Tapped(BecomeReal))
async def become_real(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: BecomeReal
) -> Reply | Screen:
    """The number is known already: consent, and the card is a real one."""
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.id)
    try:
        joined = await partner_of(ctx, visitor.customer, shown)
    except Refusal as refusal:
        return again_screen(visitor.words, refusal, callback_data.pack())
    if joined is None:
        return await card_screen(visitor, ctx, shown.id)
    await apply_for(
        ctx,
        visitor.customer,
        [joined.offer.id],
        typed_numbers={joined.brand.program_id: joined.number},
    )
    return await application_screen(visitor, ctx, query.from_user)
