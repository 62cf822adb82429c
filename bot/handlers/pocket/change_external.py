"""Mend an own card: pick the barcode, type the number or the name, look, keep."""

from dataclasses import asdict, replace

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from backend.cards.pocket.change_external import (
    NONE,
    SAME,
    Draft,
    as_it_is,
    change_own,
    draft_of,
    drawn_as,
    keep_draft,
    open_own,
    renumbered,
)
from backend.cards.pocket.owner_notes import photos_of
from backend.cards.pocket.wallet_card import WalletCard
from backend.exchange.bounds import LONGEST_NAME, LONGEST_NUMBER
from backend.platform.context import Context
from bot.awaiting import OWN_NAME, OWN_NUMBER, Typed, expect
from bot.screens.pocket.change_external import EditedCard, ask_name, ask_number, own_card, wrong
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.taps.pocket import AskName, AskNumber, EncodeNumber, SaveOwn, ShowKind
from bot.views.pocket import card_screen
from bot.visitor import Visitor
from catalog.symbologies.symbol_rules import SymbolRefused
from models.barcode_format import BarcodeFormat
from models.refusal import Code, Refusal

router = Router(name="own_card")
KINDS = {SAME, NONE, *(str(barcode.value) for barcode in BarcodeFormat)}


@router.callback_query(Tapped(ShowKind))
async def show_kind(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: ShowKind
) -> Screen:
    return await bench_screen(visitor, ctx, callback_data)


async def bench_screen(visitor: Visitor, ctx: Context, at: ShowKind) -> Screen:
    """The card as it would be, or why it cannot be so."""
    at = at if at.kind in KINDS else replace(at, kind=SAME)
    shown, draft = await _opened(visitor, ctx, at)
    photo = None
    if "front" in shown.photos:
        photo = (await photos_of(ctx, visitor.customer, shown.id)).get("front")
    try:
        drawn = drawn_as(draft, at.kind)
    except SymbolRefused:
        refused = _barcode(draft, at.kind)
        return own_card(visitor.words, shown, EditedCard(at, draft, True, refused, photo))
    changed = drawn != as_it_is(shown)
    return own_card(visitor.words, shown, EditedCard(at, drawn, changed, None, photo))


async def _opened(visitor: Visitor, ctx: Context, at: ShowKind) -> tuple[WalletCard, Draft]:
    shown = await open_own(ctx, visitor.customer, at.id)
    return shown, await draft_of(ctx, visitor.customer, shown, at.finding)


def _barcode(draft: Draft, kind: str) -> BarcodeFormat | None:
    """The one that the card has or would have."""
    return draft.format if kind in {SAME, NONE} else BarcodeFormat(kind)


@router.callback_query(Tapped(EncodeNumber))
async def encode_number(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: EncodeNumber
) -> Screen:
    at = ShowKind(**asdict(callback_data))
    _, draft = await _opened(visitor, ctx, at)
    return await _with(visitor, ctx, at, replace(draft, value=draft.number))


async def _with(visitor: Visitor, ctx: Context, at: ShowKind, draft: Draft) -> Screen:
    key = await keep_draft(ctx, visitor.customer, draft)
    return await bench_screen(visitor, ctx, replace(at, finding=key))


@router.callback_query(Tapped(AskNumber))
async def number(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: AskNumber
) -> Screen:
    at = ShowKind(**asdict(callback_data))
    shown, draft = await _opened(visitor, ctx, at)
    expect(visitor, OWN_NUMBER, **asdict(at))
    kind = _barcode(draft, at.kind) if at.kind in KINDS else None
    return ask_number(visitor.words, shown, at, kind or BarcodeFormat.CODE128)


@router.message(Typed(OWN_NUMBER))
async def number_typed(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    at = ShowKind(**visitor.chat.awaiting_data)
    typed = " ".join((message.text or "").split())
    if not 1 < len(typed) <= LONGEST_NUMBER or not typed.isprintable():
        return wrong(visitor.words, "add-number-wrong", at)
    visitor.chat.awaiting = ""
    _, draft = await _opened(visitor, ctx, at)
    return await _with(visitor, ctx, at, renumbered(draft, typed))


@router.callback_query(Tapped(AskName))
async def name(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: AskName
) -> Screen:
    at = ShowKind(**asdict(callback_data))
    shown, _ = await _opened(visitor, ctx, at)
    expect(visitor, OWN_NAME, **asdict(at))
    return ask_name(visitor.words, shown, at)


@router.message(Typed(OWN_NAME))
async def name_typed(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    at = ShowKind(**visitor.chat.awaiting_data)
    typed = " ".join((message.text or "").split())
    if not typed or len(typed) > LONGEST_NAME or not typed.isprintable():
        return wrong(visitor.words, "add-name-wrong", at)
    visitor.chat.awaiting = ""
    _, draft = await _opened(visitor, ctx, at)
    return await _with(visitor, ctx, at, replace(draft, name=typed))


@router.callback_query(Tapped(SaveOwn))
async def save(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: SaveOwn
) -> Reply | Screen | Alert:
    """What the person has looked at. A second tap keeps the same once more."""
    at = ShowKind(**asdict(callback_data))
    _, draft = await _opened(visitor, ctx, at)
    try:
        drawn = drawn_as(draft, at.kind if at.kind in KINDS else SAME)
    except SymbolRefused:
        return await bench_screen(visitor, ctx, at)
    try:
        await change_own(ctx, visitor.customer, at.id, drawn)
    except Refusal as refusal:
        if refusal.code is not Code.CARD_EXISTS:
            raise
        return Alert(visitor.words("own-exists"))
    told = Alert(visitor.words("own-saved"), modal=False)
    return Reply(screen=await card_screen(visitor, ctx, at.id), alert=told)
