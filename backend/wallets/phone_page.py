"""A card on the page that puts it into phones' wallets."""

from dataclasses import dataclass

from backend.cards.pocket.in_phones import InPhones, card_in, in_phones
from backend.platform.context import Context
from backend.wallets.standing import brand_of_card
from models.brand import Brand
from models.card import Card, CardStatus
from models.program import Program


@dataclass(frozen=True, slots=True)
class OnPage:
    """`brand`: of whose card it is; a program that has none is named itself. `account`: its key."""

    card: Card
    account: str
    brand: Brand | Program
    phones: InPhones


async def card_on_page(ctx: Context, token: str) -> OnPage | None:
    """None where the address leads nowhere any more: the card was removed, is blocked, or its
    owner's data is gone; and of one that is none of ours."""
    card_id = card_in(ctx.vault, token)
    if card_id is None:
        return None
    # of all: the card that the address names
    found = Card.filter(id=card_id, removed_at__isnull=True, status=CardStatus.ACTIVE)
    card = await found.select_related("program__account", "brand", "customer").first()
    if card is None or card.program is None or card.customer.deleted_at is not None:
        return None
    phones = await in_phones(ctx, card)
    if not phones.offered:
        return None
    named = await brand_of_card(card) or card.program
    return OnPage(card, card.program.account.key, named, phones)
