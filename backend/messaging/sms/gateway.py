"""What takes SMS away. A new gateway: a folder with send.py and settings.py, a line in
backend/messaging/sms/registry.py."""

from typing import Protocol

from backend.messaging.channel import Handed


class Gateway(Protocol):
    async def send(self, to: str, text: str) -> Handed:
        """`to` is E.164. Raises as a channel does (backend.messaging.channel): Unreachable
        when the number takes no SMS."""
        ...


def kopecks(roubles: object, otherwise: int) -> int:
    """`1.44` (a text or a number) → 144; `otherwise` when the gateway did not say."""
    try:
        return max(0, round(float(str(roubles).replace(",", ".")) * 100))
    except (ValueError, OverflowError):
        return otherwise
