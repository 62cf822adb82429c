"""Put a letter into the sandbox's mailbox."""

from email.headerregistry import Address

from aiohttp import ClientSession

from backend.messaging.channel import Handed
from backend.messaging.email.letter import Letter, LetterRefused, build
from backend.messaging.outside_request import ask
from backend.platform.clock import Clock
from backend.platform.failures import GiveUp

_SHOWN = ("From", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post")


class SandboxMailer:
    def __init__(self, http: ClientSession, url: str, sender: Address, clock: Clock) -> None:
        self._http = http
        self._url = url
        self._sender = sender
        self._clock = clock

    async def send(self, letter: Letter) -> Handed:
        try:
            message = build(letter, self._sender, self._clock())
        except LetterRefused as wrong:
            raise GiveUp(str(wrong)) from wrong
        item = {
            "to": letter.to,
            "subject": str(message["Subject"]),
            "text": letter.text,
            "html": letter.html,
            "headers": {name: str(message[name]) for name in _SHOWN if message[name]},
        }
        await ask(self._http, "POST", f"{self._url}/sandbox/outside/mail", json=item)
        return Handed(str(message["Message-ID"]))
