"""The classes of Google's cards: there before their first card, and changed with the design."""

import asyncio
from typing import Any

from backend.passes.face import PassFace
from backend.passes.google.loyalty_class import loyalty_class
from backend.passes.google.loyalty_object import digest_of
from backend.passes.google.pictures import NoLogo
from backend.passes.google.rest import GoogleApi
from backend.platform.failures import GiveUp


class GoogleClasses:
    """Of one process, which remembers what it has said: after a start each class is said once
    more."""

    def __init__(self, callback: str) -> None:
        self._callback = callback
        self._said: dict[str, str] = {}
        self._refused: dict[str, GiveUp] = {}
        # Many cards of one class come at once.
        self._saying = asyncio.Lock()

    async def keep(self, api: GoogleApi, issuer: str, face: PassFace) -> None:
        """As the face has it. By one process alone: of two, an older design might be said last.
        Raises as the API, and GiveUp where Google can make no class of it."""
        made = self._made(issuer, face)
        digest = digest_of(made)
        async with self._saying:
            if refused := self._refused.get(digest):
                raise refused
            if self._said.get(made["id"]) != digest:
                await self._keep(api, made, digest)

    async def _keep(self, api: GoogleApi, made: dict[str, Any], digest: str) -> None:
        try:
            await api.keep_class(made)
        except GiveUp as refused:
            self._refused[digest] = refused
            raise
        self._said[made["id"]] = digest

    def try_again(self) -> None:
        """What Google has refused: once, and not for every card of the class."""
        self._refused.clear()

    async def have(self, api: GoogleApi, issuer: str, face: PassFace) -> None:
        """One that is there stays as it is: whoever keeps it will come by."""
        made = self._made(issuer, face)
        async with self._saying:
            if made["id"] not in self._said:
                await api.add_class(made)
                self._said[made["id"]] = ""

    def _made(self, issuer: str, face: PassFace) -> dict[str, Any]:
        try:
            return loyalty_class(issuer, face, self._callback)
        except NoLogo:
            raise GiveUp(
                f"{face.program}: Google shows no card without a logo at a public https address"
            ) from None
