"""Tell something on a card in a phone's wallet."""

from typing import Protocol

from backend.messaging.channel import Handed, NoTurn, Turn
from backend.messaging.handover import CardAddress, Handover


class PutNews(Protocol):
    async def __call__(
        self,
        message_id: int,
        customer_id: int,
        brand_id: int | None,
        card_id: int | None,
        text: str,
    ) -> Handed:
        """On the card, or on the person's card of the brand; once per message. Raises as a channel
        does (backend.messaging.channel): Unreachable while it is in no phone, GiveUp when it was
        told enough today."""
        ...


class WalletChannel:
    """The words alone. The wallets are told by whoever tells them of every change."""

    def __init__(self, put_news: PutNews) -> None:
        self._put_news = put_news

    async def turn(self, handover: Handover) -> Turn:  # noqa: ARG002  the Protocol's
        """What is written down here keeps no pace; the wallets are told at theirs."""
        return NoTurn()

    async def send(self, handover: Handover) -> Handed:
        message, address = handover.message, handover.address
        card_id = address.card_id if isinstance(address, CardAddress) else None
        return await self._put_news(
            message.id, message.customer_id, message.brand_id, card_id, handover.said.text()
        )
