"""Put an SMS on the phone of the sandbox's page."""

from aiohttp import ClientSession

from backend.messaging.channel import Handed
from backend.messaging.outside_request import ask


class SandboxGateway:
    def __init__(self, http: ClientSession, url: str) -> None:
        self._http = http
        self._url = url

    async def send(self, to: str, text: str) -> Handed:
        item = {"to": to, "text": text}
        await ask(self._http, "POST", f"{self._url}/sandbox/outside/sms", json=item)
        return Handed("sandbox")
