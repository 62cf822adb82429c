"""Take every card along: to Catima, as JSON, as CSV."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from backend.cards.pocket.expiry import zone_of
from backend.cards.pocket.owner_notes import OwnerNotes, photos_of, read_notes
from backend.cards.pocket.redraw import redrawn, symbology_of
from backend.exchange import bounds
from backend.exchange.catima_zip import catima_pieces
from backend.exchange.karman_json import json_pieces
from backend.exchange.plain_csv import write_plain_csv
from backend.exchange.shapes import ExchangeCard
from backend.platform.context import Context
from backend.platform.words import spoken
from catalog.scope import wallet_of
from models.card import Card
from models.customer import Customer
from models.wallet_entry import WalletEntry


class ExportFormat(StrEnum):
    CATIMA = "catima"
    JSON = "json"
    CSV = "csv"


SUFFIXES = {ExportFormat.CATIMA: "zip", ExportFormat.JSON: "json", ExportFormat.CSV: "csv"}


async def export_cards(
    ctx: Context, customer: Customer, wanted: ExportFormat, password: str | None = None
) -> AsyncIterator[bytes]:
    """The file in pieces, the largest with the pictures of one card. `password` protects the
    Catima archive; the other formats have no such thing."""
    cards = await _bare_cards(ctx, customer)
    bare, whole = list(cards.values()), _with_pictures(ctx, customer, cards)
    if wanted is ExportFormat.CSV:
        yield write_plain_csv(bare, await zone_of(customer)).encode("utf-8-sig")
        return
    catima = wanted is ExportFormat.CATIMA
    made = catima_pieces(bare, whole, password) if catima else json_pieces(whole, ctx.clock())
    async for piece in made:
        yield piece


async def exchange_cards(ctx: Context, customer: Customer) -> list[ExchangeCard]:
    """The whole wallet, hidden cards too, in the order in which they came, with pictures."""
    cards = await _bare_cards(ctx, customer)
    return [card async for card in _with_pictures(ctx, customer, cards)]


async def _with_pictures(
    ctx: Context, customer: Customer, cards: dict[int, ExchangeCard]
) -> AsyncIterator[ExchangeCard]:
    for card_id, card in cards.items():
        photos: dict[str, Any] = await photos_of(ctx, customer, card_id)
        yield replace(card, **photos)


async def _bare_cards(ctx: Context, customer: Customer) -> dict[int, ExchangeCard]:
    """By their id."""
    cards = await wallet_of(customer.id).order_by("id").select_related("brand", "program")
    found = await WalletEntry.filter(customer_id=customer.id)
    entries = {entry.card_id: entry for entry in found}
    return {card.id: _card(ctx, customer, card, entries.get(card.id)) for card in cards}


def _card(ctx: Context, customer: Customer, card: Card, entry: WalletEntry | None) -> ExchangeCard:
    own = read_notes(ctx, customer, entry)
    symbology = symbology_of(card, entry)
    if entry is not None:
        redrawn(card, entry)
    undrawn = entry.undrawn if entry else ""
    return ExchangeCard(
        name=_name(own, card, customer),
        number=card.printed_number,
        barcode_value=card.barcode_value,
        barcode_format=None if undrawn else card.barcode_format,
        symbology=bounds.fitted(symbology, bounds.LONGEST_WORD),
        encoding=bounds.fitted(own.encoding, bounds.LONGEST_WORD),
        note=bounds.fitted(own.note, bounds.LONGEST_NOTE),
        valid_from=bounds.fitted_moment(entry.valid_from) if entry else None,
        expires=bounds.fitted_moment(entry.expires_at) if entry else None,
        balance=_balance(card, own),
        balance_type=bounds.fitted(own.balance_type, bounds.LONGEST_WORD),
        color=(entry.color if entry else "") or (card.brand.primary_color if card.brand else None),
        starred=bool(entry and entry.starred),
        archived=card.hidden,
        last_used=entry.last_used_at if entry else None,
        groups=_groups(own),
    )


def _name(own: OwnerNotes, card: Card, customer: Customer) -> str:
    """The owner's own name of it, else the brand's, else the number."""
    named = card.brand or card.program
    theirs = spoken(named, "name", customer.language) if named is not None else ""
    found = (bounds.fitted(name, bounds.LONGEST_NAME) for name in (own.name, theirs))
    return next(
        (name for name in found if name.strip()), card.printed_number[: bounds.LONGEST_NAME]
    )


def _groups(own: OwnerNotes) -> tuple[str, ...]:
    kept = own.groups[: bounds.MOST_GROUPS]
    return tuple(bounds.fitted(group, bounds.LONGEST_GROUP) for group in kept)


def _balance(card: Card, own: OwnerNotes) -> Decimal:
    return card.balance if card.balance is not None else bounds.fitted_amount(own.balance)
