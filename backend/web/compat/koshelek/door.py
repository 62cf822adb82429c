"""HTTP Basic (RFC 7617), and the errors of «Кошелёк»."""

import base64
import binascii

import orjson
from aiohttp import web

from backend.access.answer_once import Given
from backend.access.facade_secret import Passwords
from backend.access.find_facades import login_of
from backend.web.compat.call import JSON
from backend.web.compat.door import Door, House
from backend.web.compat.wrong import Wrong
from backend.web.problems import status_of
from models.facade import FacadeKind, FacadeLogin
from models.refusal import Refusal

DOOR = "compat:koshelek"
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="karman", charset="UTF-8"'}


class KoshelekDoor(Door):
    """`initial`: for the one call that may be made with the first password."""

    name = DOOR

    def __init__(
        self, house: House, passwords: Passwords | None = None, *, initial: bool = False
    ) -> None:
        super().__init__(house)
        self.passwords = passwords or Passwords()
        self._initial = initial

    async def admit(self, request: web.Request) -> FacadeLogin:
        named, password = _basic(request.headers.get("Authorization", ""))
        if not named:
            self.house.stranger(request)
            raise _unauthorized("a login and a password are needed (HTTP Basic)")
        login = await login_of([FacadeKind.KOSHELEK], named)
        kept = login.secret if login is not None else None
        if not self.passwords.is_known(kept, password):
            # Before the guess, which costs us more than whoever makes it.
            self.house.stranger(request)
            if not await self.passwords.is_right(kept, password):
                raise _unauthorized("the login or the password is wrong")
        assert login is not None
        if login.initial and not self._initial:
            raise _unauthorized("choose a password first: PUT /public/user/reset-password")
        return login

    def spelt(self, wrong: Wrong) -> Given:
        body = {"code": wrong.code, "description": wrong.text}
        return Given(wrong.status, {"Content-Type": JSON, **wrong.headers}, orjson.dumps(body))

    def refusal(self, refusal: Refusal) -> Wrong:
        told = ", ".join(f"{name}: {value}" for name, value in refusal.details.items())
        code = refusal.code.value
        return Wrong(status_of(refusal.code), code, f"{code} ({told})" if told else code)


def _unauthorized(text: str) -> Wrong:
    return Wrong(401, "unauthorized", text, _CHALLENGE)


def _basic(header: str) -> tuple[str, str]:
    """Login and password, "" for what is no such header."""
    kind, _, coded = header.partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        text = base64.b64decode(coded.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    named, colon, password = text.partition(":")
    return (named, password) if colon else ("", "")
