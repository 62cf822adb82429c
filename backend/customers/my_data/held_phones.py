"""«My data»: cards in the wallets of phones, and what was told on them."""

from backend.customers.my_data.held_values import Json, at
from backend.platform.context import Context
from backend.wallets.face_of import NEWS
from models.customer import Customer
from models.wallet_pass import WalletNews, WalletPass


async def passes(_ctx: Context, customer: Customer) -> list[Json]:
    found = WalletPass.filter(card__customer_id=customer.id).order_by("id")
    return [
        {
            "card": each.card_id,
            "wallet": each.wallet.value,
            "made_at": at(each.made_at),
            "installed_at": at(each.installed_at),
            "removed_at": at(each.removed_at),
            "voided_at": at(each.voided_at),
        }
        for each in await found
    ]


async def news(ctx: Context, customer: Customer) -> list[Json]:
    """Raises CannotOpen."""
    found = WalletNews.filter(card__customer_id=customer.id).order_by("id")
    return [
        {"card": each.card_id, "text": NEWS.open(ctx, customer, each.sealed), "at": at(each.at)}
        for each in await found
    ]
