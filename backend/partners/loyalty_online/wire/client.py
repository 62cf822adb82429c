"""The calls of the Loyalty Online API, as the wallet makes them to whoever hosts it."""

import asyncio
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from aiohttp import ClientConnectorError, ClientError, ClientSession, encode_basic_auth
from pydantic import ValidationError
from yarl import URL

from .answers import answer_of, their_time
from .errors import Malformed, Unanswered
from .models import Card, Search

_CARD = "v1/card"
_STATES = {"active", "inactive"}


@dataclass(frozen=True, slots=True)
class Names:
    """How the bodies of the promo calls are spelled: no public page shows them."""

    card_number: str = "cardNumber"
    qr_code: str = "qrCode"
    promo_code: str = "promoCode"


class Client:
    """`session` is the caller's and stays open. Every method raises LoyaltyOnlineError; none
    follows a redirect or tries again."""

    def __init__(
        self,
        session: ClientSession,
        base_url: str,
        login: str,
        password: str,
        *,
        seconds: float = 3.0,
        names: Names | None = None,
    ) -> None:
        self._session = session
        self._base = base_url.rstrip("/")
        self._authorization = encode_basic_auth(login, password, "utf-8")
        self._seconds = seconds
        self._names = names or Names()
        # Their clock at the last answer.
        self.their_time: datetime | None = None

    async def find(self, search: Search) -> Card | None:
        """GET v1/card. Raises Malformed for whatever is neither a card nor an empty object: what
        is taken for «not found» leads to a second card."""
        answer = await self._ask("GET", _CARD, query=search.query())
        if not isinstance(answer, dict):
            raise Malformed("its answer is no object")
        if answer in ({}, {"card": None}):
            return None
        return _card(answer)

    async def tell_channels(
        self, number: str, allow: Collection[str], deny: Collection[str], key: str = ""
    ) -> None:
        """PUT v1/card/{number}/communication."""
        body = {"allow": list(allow), "deny": list(deny)}
        path = f"{_CARD}/{{number}}/communication"
        await self._ask("PUT", path, number=number, body=body, key=key)

    async def issue_anonymous(self, about: Mapping[str, str], key: str = "") -> Card:
        """POST v1/card/anonymous (1.2.0). Each call makes a card: see README.md for what to do
        when the answer is lost. Where the host remembers `Idempotency-Key`, `key` helps."""
        answer = await self._ask("POST", f"{_CARD}/anonymous", body=dict(about), key=key)
        if not isinstance(answer, dict):
            raise Malformed("its answer is no object")
        return _card(answer)

    async def send_receipt(self, number: str, text: str, key: str = "") -> Any:
        """POST v1/promo/qrCode (1.1.0): what the QR code of a receipt holds."""
        body = {self._names.card_number: number, self._names.qr_code: text}
        return await self._ask("POST", "v1/promo/qrCode", body=body, key=key)

    async def send_promo_code(self, number: str, code: str, key: str = "") -> Any:
        """POST v1/promo/code (1.3.0): what a person has typed."""
        body = {self._names.card_number: number, self._names.promo_code: code}
        return await self._ask("POST", "v1/promo/code", body=body, key=key)

    async def read(self, method: str, path: str, number: str) -> Any:
        """A call that is agreed with the host alone; `path` has {number}. A POST says nothing but
        an empty object."""
        return await self._ask(method, path, number=number, body=None if method == "GET" else {})

    async def write(
        self, method: str, path: str, number: str, body: Mapping[str, Any], key: str = ""
    ) -> Any:
        """Likewise, for one that changes something."""
        return await self._ask(method, path, number=number, body=body, key=key)

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        number: str | None = None,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        key: str = "",
    ) -> Any:
        filled = path.replace("{number}", _part(number)) if number is not None else path
        url = URL(f"{self._base}/{filled.lstrip('/')}", encoded=True)
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            async with (
                asyncio.timeout(self._seconds),
                self._session.request(
                    method,
                    url.with_query(query) if query else url,
                    data=data,
                    headers=self._headers(data is not None, key),
                    allow_redirects=False,
                ) as response,
            ):
                self.their_time = their_time(response)
                return await answer_of(response, f"{method} {path}")
        except ClientConnectorError as error:
            raise Unanswered("cannot be reached", arrived=False) from error
        except (ClientError, OSError) as error:
            raise Unanswered(f"no whole answer ({type(error).__name__})", arrived=True) from error

    def _headers(self, writes: bool, key: str) -> dict[str, str]:
        headers = {"Authorization": self._authorization, "Accept": "application/json"}
        if writes:
            headers["Content-Type"] = "application/json; charset=utf-8"
        if key:
            headers["Idempotency-Key"] = key
        return headers


def _card(answer: dict[str, Any]) -> Card:
    try:
        card = Card.model_validate(answer.get("card"))
    except ValidationError as wrong:
        field = ".".join(str(part) for part in wrong.errors(include_input=False)[0]["loc"])
        raise Malformed(f"the card of its answer has no good {field or 'object'}") from None
    if card.state.lower() not in _STATES:
        raise Malformed("cardState is neither active nor inactive")
    return card


def _part(number: str) -> str:
    """A number as one part of a path. Raises ValueError for what would be another path."""
    if not number or set(number) == {"."}:
        raise ValueError("a card number that is no part of a path")
    return quote(number, safe="")
