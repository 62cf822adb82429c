"""«My data»: how the cards are kept, what was noted about them, their photos, who may show them."""

import base64
from collections.abc import AsyncIterator

from tortoise.expressions import Q

from backend.cards.pocket.owner_notes import NOTES, PHOTO
from backend.cards.share.share_card import LABEL
from backend.customers.my_data.held_values import Json, at
from backend.platform.context import Context
from backend.platform.secrets.master_key import CannotOpen
from models.card_share import CardShare
from models.customer import Customer
from models.wallet_entry import CardPhoto, WalletEntry


async def entries(ctx: Context, customer: Customer) -> list[Json]:
    return [
        {
            "card": each.card_id,
            "own": NOTES.open(ctx, customer, each.own),
            "color": each.color,
            "undrawn": each.undrawn,
            "starred": each.starred,
            "position": each.position,
            "valid_from": at(each.valid_from),
            "expires_at": at(each.expires_at),
            "reminded_at": at(each.reminded_at),
            "uses": each.uses,
            "last_used_at": at(each.last_used_at),
        }
        for each in await WalletEntry.filter(customer_id=customer.id).order_by("id")
    ]


async def photos(ctx: Context, customer: Customer) -> AsyncIterator[Json]:
    """The pictures themselves, in base64, one by one. Raises CannotOpen."""
    mine = CardPhoto.filter(customer_id=customer.id).order_by("id")
    for photo_id in await mine.values_list("id", flat=True):
        each = await mine.get_or_none(id=photo_id)
        if each is not None:
            yield _photo(ctx, customer, each)


def _photo(ctx: Context, customer: Customer, each: CardPhoto) -> Json:
    picture = PHOTO.open_bytes(ctx, customer, each.sealed)
    if picture is None:
        raise CannotOpen(PHOTO.place)
    return {
        "card": each.card_id,
        "side": each.side,
        "picture": base64.b64encode(picture).decode(),
        "created_at": at(each.created_at),
    }


async def shares(ctx: Context, customer: Customer) -> list[Json]:
    """Cards given to others to show, and cards of others that this person may show."""
    mine = Q(customer_id=customer.id) | Q(guest_id=customer.id)
    # of all: `mine` says whose
    return [_share(ctx, customer, each) for each in await CardShare.filter(mine).order_by("id")]


def _share(ctx: Context, customer: Customer, each: CardShare) -> Json:
    given = each.customer_id == customer.id
    return {
        "given": given,
        "card": each.card_id if given else None,
        "with": each.with_whom.value,
        "mode": each.mode.value,
        "label": LABEL.open(ctx, customer, each.label) if given else None,
        "created_at": at(each.created_at),
        "expires_at": at(each.expires_at),
        "accepted_at": at(each.accepted_at),
        "revoked_at": at(each.revoked_at),
        "uses": each.uses,
        "last_used_at": at(each.last_used_at),
    }
