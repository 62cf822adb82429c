"""Put a letter into the sandbox's mailbox."""

from email.message import EmailMessage

from aiohttp import ClientSession

from backend.messaging.channel import Handed
from backend.messaging.email.letter import Letter
from backend.messaging.outside_request import ask

_SHOWN = ("From", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post")


class SandboxMailer:
    def __init__(self, http: ClientSession, url: str) -> None:
        self._http = http
        self._url = url

    async def send(self, letter: Letter, message: EmailMessage) -> Handed:
        item = {
            "to": letter.to,
            "subject": str(message["Subject"]),
            "text": letter.text,
            "html": letter.html,
            "headers": {name: str(message[name]) for name in _SHOWN if message[name]},
        }
        await ask(self._http, "POST", f"{self._url}/sandbox/outside/mail", json=item)
        return Handed(str(message["Message-ID"]))
