"""Cards that depend on a contact which is somebody else's now: marked until their owner has
confirmed one of their own again."""

from datetime import datetime

from catalog.questions.questionnaire import fields_of
from catalog.scope import wallet_of
from models.card import Card
from models.contact import ContactKind


async def mark_recheck(customer_id: int, kind: ContactKind, now: datetime) -> int:
    """Inside a transaction: the cards whose program asks for such a contact. How many."""
    marked = 0
    for card in await wallet_of(customer_id).prefetch_related("program"):
        if _depends(card, kind):
            kinds = {*filter(None, card.recheck_for.split(",")), kind.value}
            await (
                wallet_of(customer_id)
                .filter(id=card.id)
                .update(recheck_at=now, recheck_for=",".join(sorted(kinds)))
            )
            marked += 1
    return marked


async def clear_recheck(customer_id: int, kind: ContactKind) -> None:
    """Inside a transaction: this kind is confirmed again."""
    for card in await wallet_of(customer_id).filter(recheck_at__isnull=False):
        kinds = {*filter(None, card.recheck_for.split(","))} - {kind.value}
        await (
            wallet_of(customer_id)
            .filter(id=card.id)
            .update(
                recheck_at=card.recheck_at if kinds else None, recheck_for=",".join(sorted(kinds))
            )
        )


def _depends(card: Card, kind: ContactKind) -> bool:
    if card.program is None:
        return False
    return any(field.type.value == kind.value for field in fields_of(card.program.questionnaire))
