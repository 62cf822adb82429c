"""What takes letters away. A new way: a folder with send.py and settings.py, a line in
backend/messaging/email/registry.py."""

from typing import Protocol

from backend.messaging.channel import Handed
from backend.messaging.email.letter import Letter


class Mailer(Protocol):
    async def send(self, letter: Letter) -> Handed:
        """Raises as a channel does (backend.messaging.channel): Unreachable when the server
        refuses the recipient."""
        ...
