"""Send a message to a person's phone."""

from typing import Protocol

from backend.messaging.channel import Handed, NoTurn, Turn, Unreachable
from backend.messaging.handover import Handover


class Gateway(Protocol):
    """What takes SMS away. A new one: a folder with send.py and settings.py, a line in
    backend/messaging/sms/settings.py."""

    async def send(self, to: str, text: str) -> Handed:
        """`to` is E.164. Raises as a channel does (backend.messaging.channel): Unreachable
        when the number takes no SMS."""
        ...


class SmsChannel:
    """The words alone: an SMS has no button, and a link would cost more than it says."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def turn(self, handover: Handover) -> Turn:  # noqa: ARG002  the Protocol's
        """Gateways keep their own pace and say 429 when it is too much."""
        return NoTurn()

    async def send(self, handover: Handover) -> Handed:
        if handover.person is None:
            raise Unreachable("no confirmed phone", gone=False)
        return await self._gateway.send(handover.person, handover.said.text())
