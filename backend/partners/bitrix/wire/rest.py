"""The methods of Bitrix's REST that say what an order or a deal is."""

import json
from typing import Any, TypeVar

import aiohttp
from pydantic import ValidationError

from backend.partners.bitrix.wire.errors import AccessRefused, Away, NotFound, Refused
from backend.partners.bitrix.wire.models import Answer, Contact, Deal, Order
from backend.partners.bitrix.wire.pace import Pace

PER_SECOND = 2.0
BURST = 10
LARGEST_ANSWER = 4 * 1024 * 1024
_MISSING = {"201240400001", "200540400001", "NOT_FOUND", "ERROR_NOT_FOUND"}
_ACCESS = {
    "INVALID_CREDENTIALS", "NO_AUTH_FOUND", "expired_token", "ACCESS_DENIED", "insufficient_scope",
    "INVALID_TOKEN", "200040300010", "ERROR_METHOD_NOT_FOUND",
}  # fmt: skip
T = TypeVar("T", bound=Answer)


class Rest:
    """`address`: https://<portal>/rest/<user>/<code>, as Bitrix shows it. Each call raises
    BitrixError."""

    def __init__(
        self, session: aiohttp.ClientSession, address: str, pace: Pace | None = None
    ) -> None:
        self._session = session
        self._address = address.rstrip("/")
        self._pace = pace or Pace(PER_SECOND, burst=BURST)

    async def profile(self) -> None:
        """Whose webhook it is: nothing is read but whether it answers."""
        await self._asked("profile", {})

    async def order(self, id_: int) -> Order:
        told = await self._asked("sale.order.get", {"id": id_})
        return _read(Order, told.get("order") if isinstance(told, dict) else None)

    async def deal(self, id_: int) -> Deal:
        return _read(Deal, await self._asked("crm.deal.get", {"id": id_}))

    async def contact(self, id_: int) -> Contact:
        return _read(Contact, await self._asked("crm.contact.get", {"id": id_}))

    async def _asked(self, method: str, body: dict[str, Any]) -> Any:
        await self._pace.place()
        try:
            async with self._session.post(
                f"{self._address}/{method}.json", json=body, allow_redirects=False
            ) as answer:
                data = await answer.content.read(LARGEST_ANSWER + 1)
                while len(data) <= LARGEST_ANSWER and (rest := await answer.content.readany()):
                    data += rest
        except (aiohttp.ClientError, TimeoutError, OSError) as away:
            raise Away(0, type(away).__name__) from away
        return understood(answer.status, data)


def understood(status: int, data: bytes) -> Any:
    """`result` of an answer. Raises BitrixError."""
    told = _object(data)
    code = str((told or {}).get("error") or "")
    if status >= 500 or status == 429 or code == "QUERY_LIMIT_EXCEEDED":
        raise Away(status, code)
    if code in _MISSING or (status == 400 and _says_missing(told)):
        raise NotFound(status, code)
    if status in {401, 403} or code in _ACCESS or 300 <= status < 400:
        raise AccessRefused(status, code)
    if told is None:
        raise Away(status, "no JSON object")
    if status >= 400 or code:
        raise Refused(status, code)
    return told.get("result")


def _object(data: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _says_missing(told: dict[str, Any] | None) -> bool:
    text = str((told or {}).get("error_description") or "").lower()
    return "not exist" in text or "not found" in text


def _read(model: type[T], told: Any) -> T:
    try:
        return model.model_validate(told)
    except ValidationError as wrong:
        where = ".".join(str(part) for part in wrong.errors()[0]["loc"])
        raise Away(200, f"{model.__name__} without a usable {where or 'body'}") from None
