"""From what was seen or typed to a card: compare, pick the brand, or give it a name."""

import re

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from backend.cards.plastic.seen_card import SeenCard, change_finding, keep_finding, open_finding
from backend.cards.pocket.add_seen import COLORS, add_seen, name_seen, paint_card
from backend.cards.pocket.owner_notes import read_notes
from backend.cards.pocket.photograph import photograph_card
from backend.exchange.bounds import LONGEST_NAME
from backend.platform.context import Context
from backend.reading.reader import Reader
from bot.awaiting import ADDING, CARD_NAME, CARD_NUMBER, Typed, expect
from bot.download import NotThere, TooLarge, download, in_hand
from bot.screens.parts import brand_name
from bot.screens.plastic.add_card import add_prompt, alike, ask, compare, kept
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.taps.plastic import (
    AddCard,
    AddNamed,
    AddNow,
    AddOther,
    AddTo,
    FixFound,
    KeepPhoto,
    PaintCard,
    SureFound,
    TakeFound,
    TypeCard,
)
from bot.views.plastic import add_found, bring_in, next_screen
from bot.visitor import Visitor
from catalog.scope import brands_in_catalog, entry_of
from catalog.shelves.browse import open_offer
from models.card import Card

USUAL_PHOTO = 5 * 1024 * 1024
router = Router(name="add_card")
LONGEST_NUMBER = 128
# What somebody writes who was asked for a photo, and is no name of a shop.
_LIKE_A_NUMBER = re.compile(r"(?:\d\D*){4}")
ALIKE = 3


@router.message(Command("add"))
async def add_command(message: Message, visitor: Visitor) -> Screen:
    expect(visitor, ADDING)
    return add_prompt(visitor.words)


@router.callback_query(Tapped(AddCard))
async def add(query: CallbackQuery, visitor: Visitor) -> Screen:
    expect(visitor, ADDING)
    return add_prompt(visitor.words)


@router.callback_query(Tapped(TypeCard))
async def type_number(query: CallbackQuery, visitor: Visitor) -> Screen:
    expect(visitor, CARD_NUMBER)
    return ask(visitor.words, "add-number")


@router.callback_query(Tapped(FixFound))
async def fix_number(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: FixFound
) -> Screen:
    await open_finding(ctx, visitor.customer, callback_data.finding)
    expect(visitor, CARD_NUMBER, finding=callback_data.finding)
    return ask(visitor.words, "add-number")


@router.message(Typed(ADDING, _LIKE_A_NUMBER))
@router.message(Typed(CARD_NUMBER))
async def card_number_typed(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    """By hand, or instead of what was read."""
    visitor.chat.awaiting = ""
    finding_id = visitor.chat.awaiting_data.get("finding")
    number = " ".join((message.text or "").split())
    if number.replace(" ", "").isdigit():
        number = number.replace(" ", "")
    if not 1 < len(number) <= LONGEST_NUMBER or not number.isprintable():
        expect(visitor, CARD_NUMBER, **({"finding": finding_id} if finding_id else {}))
        return ask(visitor.words, "add-number-wrong")
    if finding_id is None:
        seen = SeenCard(number)
        return await next_screen(
            visitor, ctx, await keep_finding(ctx, visitor.customer, seen), seen
        )
    seen = (await open_finding(ctx, visitor.customer, int(finding_id))).corrected(number)
    await change_finding(ctx, visitor.customer, int(finding_id), seen)
    return await next_screen(visitor, ctx, int(finding_id), seen)


@router.callback_query(Tapped(TakeFound))
async def take(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: TakeFound
) -> Screen:
    seen = await open_finding(ctx, visitor.customer, callback_data.finding)
    return await next_screen(visitor, ctx, callback_data.finding, seen)


@router.callback_query(Tapped(SureFound))
async def sure(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: SureFound
) -> Screen:
    seen = await open_finding(ctx, visitor.customer, callback_data.finding)
    seen = SeenCard(seen.number, seen.value, seen.format, True, seen.file_id, seen.name)
    await change_finding(ctx, visitor.customer, callback_data.finding, seen)
    return await next_screen(visitor, ctx, callback_data.finding, seen)


@router.callback_query(Tapped(AddTo))
async def add_to(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: AddTo
) -> Reply | Screen:
    key = callback_data.finding
    seen = await open_finding(ctx, visitor.customer, key)
    if not seen.sure:
        return compare(visitor.words, key, seen)
    shown = await open_offer(ctx.clock(), callback_data.offer)
    return await bring_in(visitor, ctx, query.from_user, shown, seen.scanned(), key)


@router.callback_query(Tapped(AddNow))
async def add_now(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: AddNow
) -> Reply | Screen:
    return await add_found(visitor, ctx, query.from_user, callback_data.finding)


@router.callback_query(Tapped(AddOther))
async def other(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: AddOther
) -> Screen:
    await open_finding(ctx, visitor.customer, callback_data.finding)
    expect(visitor, CARD_NAME, finding=callback_data.finding)
    return ask(visitor.words, "add-name")


@router.message(Typed(CARD_NAME))
async def card_name_typed(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    visitor.chat.awaiting = ""
    key = int(visitor.chat.awaiting_data["finding"])
    name = " ".join((message.text or "").split())
    if not name or len(name) > LONGEST_NAME:
        expect(visitor, CARD_NAME, finding=key)
        return ask(visitor.words, "add-name-wrong")
    await name_seen(ctx, visitor.customer, key, name)
    ids = await ctx.brands.find(ctx.clock(), name, ALIKE)
    brands = {brand.id: brand for brand in await brands_in_catalog().filter(id__in=ids)}
    if brands:
        return alike(visitor.words, key, name, [brands[one] for one in ids if one in brands])
    return await _kept(visitor, ctx, key, name, COLORS[0])


@router.callback_query(Tapped(AddNamed))
async def named(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: AddNamed
) -> Screen:
    key = callback_data.finding
    brand = await brands_in_catalog().get_or_none(id=callback_data.brand)
    if brand is not None:
        return await _kept(visitor, ctx, key, brand_name(visitor.words, brand), brand.primary_color)
    seen = await open_finding(ctx, visitor.customer, key)
    return await _kept(visitor, ctx, key, seen.name or seen.number, COLORS[0])


async def _kept(visitor: Visitor, ctx: Context, key: int, name: str, color: str) -> Screen:
    card = await add_seen(ctx, visitor.customer, key, name, color)
    return await _kept_screen(visitor, ctx, card, key)


async def _kept_screen(visitor: Visitor, ctx: Context, card: Card, key: int) -> Screen:
    seen = await open_finding(ctx, visitor.customer, key)
    entry = await entry_of(card.id).get_or_none()
    own = read_notes(ctx, visitor.customer, entry)
    color = (entry.color if entry else "") or COLORS[0]
    return kept(
        visitor.words, card, own.name or card.printed_number, color, key, photo=bool(seen.file_id)
    )


@router.callback_query(Tapped(PaintCard))
async def paint(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: PaintCard
) -> Screen:
    color = COLORS[callback_data.color % len(COLORS)]
    card = await paint_card(visitor.customer, callback_data.card, color)
    return await _kept_screen(visitor, ctx, card, callback_data.finding)


@router.callback_query(Tapped(KeepPhoto))
async def keep_picture(
    query: CallbackQuery,
    visitor: Visitor,
    ctx: Context,
    bot: Bot,
    reader: Reader,
    callback_data: KeepPhoto,
) -> Alert | Reply:
    seen = await open_finding(ctx, visitor.customer, callback_data.finding)
    card_id = callback_data.card
    try:
        with in_hand(reader, visitor, USUAL_PHOTO):
            picture = await download(bot, visitor.chat.chat_id, seen.file_id)
            await photograph_card(ctx, reader, visitor.customer, card_id, "front", picture)
    except (TooLarge, NotThere):
        return Alert(visitor.words("add-photo-lost"))
    return Alert(visitor.words("add-photo-kept"), modal=False)
