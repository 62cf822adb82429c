"""Digest at /v2, Bearer at /v2t, and errors as RCODE and RMESSAGE.

Of OSMI's numbers one is known: 319, the card exists. All others are those of HTTP.
"""

from datetime import timedelta

import orjson
from aiohttp import web
from multidict import CIMultiDict

from backend.access.answer_once import Given
from backend.access.facade_secret import is_key
from backend.access.find_facades import login_of, login_of_token, login_with_id
from backend.web.compat.body import parsed_object, read_body
from backend.web.compat.call import JSON, given
from backend.web.compat.door import Door, House
from backend.web.compat.fields import text
from backend.web.compat.osmi.digest import Nonces, is_right, read_digest
from backend.web.compat.wrong import Wrong
from backend.web.problems import status_of
from models.facade import FacadeKind, FacadeLogin
from models.refusal import Code, Refusal

DOOR = "compat:osmi"
EXISTS = 319
# Of a token that is made of id and key.
TOKEN_LASTS = timedelta(hours=1)
_RCODES = {Code.CARD_EXISTS: EXISTS, Code.NUMBER_TAKEN: EXISTS}


class OsmiDoor(Door):
    name = DOOR

    def spelt(self, wrong: Wrong) -> Given:
        number = int(wrong.code) if wrong.code.isdigit() else wrong.status
        body = orjson.dumps({"RCODE": number, "RMESSAGE": wrong.text})
        headers = CIMultiDict(wrong.headers)
        headers["Content-Type"] = JSON
        return Given(wrong.status, headers, body)

    def refusal(self, refusal: Refusal) -> Wrong:
        status = status_of(refusal.code)
        number = str(_RCODES.get(refusal.code, status))
        told = ", ".join(f"{name}: {value}" for name, value in refusal.details.items())
        words = refusal.code.value.replace("_", " ")
        return Wrong(status, number, f"{words} ({told})" if told else words)


class DigestDoor(OsmiDoor):
    def __init__(self, house: House, nonces: Nonces) -> None:
        super().__init__(house)
        self._nonces = nonces

    async def admit(self, request: web.Request) -> FacadeLogin:
        now = self.house.ctx.clock()
        told = read_digest(request.headers.get("Authorization", ""))
        if told is None:
            self.house.stranger(request)
            raise self._asked("id and key are needed (HTTP Digest)", stale=False)
        login = await login_of([FacadeKind.OSMI], told.username)
        if not is_right(self.house.ctx.vault, told, login, request):
            self.house.stranger(request)
            raise self._asked("id or key is wrong", stale=False)
        if not await self._nonces.is_fresh(told, now):
            raise self._asked("the nonce is old, or was used before", stale=True)
        assert login is not None
        return login

    def _asked(self, words: str, *, stale: bool) -> Wrong:
        headers = self._nonces.challenges(self.house.ctx.clock(), stale=stale)
        return Wrong(401, "401", words, headers)


class BearerDoor(OsmiDoor):
    async def admit(self, request: web.Request) -> FacadeLogin:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        login = None
        if kind.lower() == "bearer":
            login = await login_of_token(token.strip()) or await self._signed(token.strip())
        if login is None:
            self.house.stranger(request)
            told = {"WWW-Authenticate": 'Bearer realm="karman"'}
            raise Wrong(401, "401", "a token is needed", told)
        return login

    async def get_token(self, request: web.Request) -> web.StreamResponse:
        """Of id and key, for callers that make one of them first."""

        async def whole() -> Given:
            body = parsed_object(await read_body(request))
            named, key = text(body, "apiId", 64), text(body, "apiKey", 256)
            login = await login_of([FacadeKind.OSMI], named) if named else None
            vault = self.house.ctx.vault
            if login is None or not is_key(vault, login.secret, login.login, key):
                self.house.stranger(request)
                raise Wrong(401, "401", "apiId or apiKey is wrong")
            ends = int((self.house.ctx.clock() + TOKEN_LASTS).timestamp())
            told = f"{login.id}.{ends}"
            return given({"token": f"{told}.{vault.sign(f'osmi-token:{told}')}"})

        return await self.answered(whole)

    async def _signed(self, token: str) -> FacadeLogin | None:
        told, _, signature = token.rpartition(".")
        if not told or not self.house.ctx.vault.signed(f"osmi-token:{told}", signature):
            return None
        login_id, _, ends = told.partition(".")
        if int(ends) <= self.house.ctx.clock().timestamp():
            return None
        return await login_with_id(int(login_id))
