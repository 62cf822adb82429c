"""«My data»: how the cards are kept, what was noted about them, their photos."""

import base64

from backend.cards.own import PHOTO_PLACE, PLACE
from backend.customers.held_values import Json, at, opened
from backend.platform.context import Context
from backend.platform.seal import CannotOpen
from models.customer import Customer
from models.wallet_entry import CardPhoto, WalletEntry


async def entries(ctx: Context, customer: Customer) -> list[Json]:
    return [
        {
            "card": each.card_id,
            "own": opened(ctx, customer, each.own, PLACE),
            "color": each.color,
            "undrawn": each.undrawn,
            "starred": each.starred,
            "archived": each.archived,
            "position": each.position,
            "valid_from": at(each.valid_from),
            "expires_at": at(each.expires_at),
            "reminded_at": at(each.reminded_at),
            "uses": each.uses,
            "last_used_at": at(each.last_used_at),
        }
        for each in await WalletEntry.filter(customer_id=customer.id).order_by("id")
    ]


async def photos(ctx: Context, customer: Customer) -> list[Json]:
    """The pictures themselves, in base64. Raises CannotOpen."""
    if customer.data_key is None:
        raise CannotOpen(PHOTO_PLACE)
    return [
        {
            "card": each.card_id,
            "side": each.side,
            "picture": base64.b64encode(
                ctx.vault.open_bytes(customer.data_key, each.sealed, PHOTO_PLACE)
            ).decode(),
            "created_at": at(each.created_at),
        }
        for each in await CardPhoto.filter(customer_id=customer.id).order_by("id")
    ]
