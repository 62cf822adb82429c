"""Keep a card of a brand that is no partner: with its name, number and barcode."""

from dataclasses import replace
from datetime import datetime, time
from enum import Enum, auto

from tortoise.exceptions import IntegrityError

from backend.cards.pocket.expiry import noon_of, zone_of
from backend.cards.pocket.external_identity import identify_old, identity_of, is_still
from backend.cards.pocket.owner_notes import LONGEST_NOTE, OwnerNotes, keep_photo, seal_notes
from backend.cards.pocket.quota import no_room_for_cards, quota_of
from backend.cards.pocket.redraw import NO_BARCODE
from backend.exchange.shapes import ExchangeCard
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.shelves.joined import newest_joined
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.customer import Customer
from models.wallet_entry import WalletEntry


class Came(Enum):
    """How a card is in the wallet now."""

    NEW = auto()
    BACK = auto()  # it had been taken out
    STANDING = auto()  # it was there


async def add_external(
    ctx: Context, customer: Customer, given: ExchangeCard, source: str = ""
) -> tuple[Card, bool]:
    """The card, and whether it is new: the same name, symbology and barcode twice is the same
    card, which comes back if it was removed. What an ExchangeCard can hold has bounds of its
    own. Refuses with no_room_for_cards."""
    await identify_old(ctx, customer)
    identity = identity_of(ctx, customer, given)
    known = await Card.get_or_none(customer_id=customer.id, identity=identity)
    if known is None and (await quota_of(customer)).cards <= 0:
        raise no_room_for_cards()
    if known is not None and not await is_still(ctx, customer, known, identity):
        # Its owner has made another card of it since, and now wants this one.
        identity = identity_of(ctx, customer, given, beside=known.id)
    card, came = await keep_identified(ctx, customer, given, source, identity)
    return card, came is Came.NEW


async def is_known(customer: Customer, identity: str) -> bool:
    """Also when it was taken out."""
    return await Card.filter(customer_id=customer.id, identity=identity).exists()


async def keep_identified(
    ctx: Context, customer: Customer, given: ExchangeCard, source: str, identity: str
) -> tuple[Card, Came]:
    """The same, when every card of this person has its identity."""
    settled = await _settled(customer, given)
    try:
        async with transaction():
            return await _add(ctx, customer, settled, source, identity), Came.NEW
    except IntegrityError:
        return await _bring_back(customer, identity)


async def _settled(customer: Customer, given: ExchangeCard) -> ExchangeCard:
    """Moments without an offset are those of the owner's clock. A last day without an hour is
    kept like a typed one."""
    moments = (given.valid_from, given.expires, given.last_used)
    if all(moment is None or moment.tzinfo is not None for moment in moments):
        return given
    zone = await zone_of(customer)
    ends = given.expires
    if ends is not None and ends.tzinfo is None and ends.time() == time():
        ends = noon_of(ends.date(), zone)

    def settled(moment: datetime | None) -> datetime | None:
        bare = moment is not None and moment.tzinfo is None
        return moment.replace(tzinfo=zone) if moment is not None and bare else moment

    return replace(
        given,
        valid_from=settled(given.valid_from),
        expires=settled(ends),
        last_used=settled(given.last_used),
    )


async def _add(
    ctx: Context, customer: Customer, given: ExchangeCard, source: str, identity: str
) -> Card:
    card = await Card.create(
        customer_id=customer.id,
        printed_number=given.number,
        barcode_value=given.barcode_value or given.number,
        barcode_format=given.barcode_format or BarcodeFormat.QR,
        origin=CardOrigin.EXTERNAL,
        hidden=given.archived,
        source=source,
        identity=identity,
        created_at=ctx.clock(),
    )
    await _enter(ctx, customer, card, given)
    for side, picture in (("front", given.front), ("back", given.back), ("icon", given.icon)):
        if picture is not None:
            await keep_photo(ctx, customer, card.id, side, picture)
    return card


async def _enter(ctx: Context, customer: Customer, card: Card, given: ExchangeCard) -> None:
    """What its owner wrote about the card, and how it stands in the wallet."""
    drawn = given.barcode_format is not None
    await WalletEntry.create(
        card_id=card.id,
        customer_id=customer.id,
        own=seal_notes(ctx, customer, _own(given)),
        color=given.color or "",
        undrawn="" if drawn else given.symbology or NO_BARCODE,
        starred=given.starred,
        valid_from=given.valid_from,
        expires_at=given.expires,
        last_used_at=given.last_used,
        brands_until=await newest_joined(),
    )


def _own(given: ExchangeCard) -> OwnerNotes:
    return OwnerNotes(
        name=given.name.strip(),
        note=given.note[:LONGEST_NOTE],
        groups=given.groups,
        balance=format(given.balance, "f") if given.balance else "",
        balance_type=given.balance_type,
        encoding=given.encoding,
        symbology=given.symbology,
    )


async def _bring_back(customer: Customer, identity: str) -> tuple[Card, Came]:
    card = await Card.get(customer_id=customer.id, identity=identity)
    if card.removed_at is None:
        return card, Came.STANDING
    async with transaction():
        await Card.filter(id=card.id).update(removed_at=None, hidden=False)
    card.removed_at, card.hidden = None, False
    return card, Came.BACK
