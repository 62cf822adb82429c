"""SMSC.ru over its HTTP API: https://smsc.ru/api/http/ (send.php, fmt=3, cost=3).

Everything goes in the body of a POST, so that neither the password nor the code stands in an
access log.
"""

from datetime import timedelta
from typing import Any

import orjson
from aiohttp import ClientSession

from backend.messaging.channel import Handed, Unreachable
from backend.messaging.outside_request import ask, kopecks
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater

URL = "https://smsc.ru/sys/send.php"


class SmscGateway:
    def __init__(
        self,
        http: ClientSession,
        login: str,
        password: str,
        *,
        sender: str = "",
        kopecks: int = 0,
        url: str = URL,
    ) -> None:
        self._http = http
        self._form = {
            "login": login, "psw": password, "fmt": "3", "charset": "utf-8", "cost": "3",
        } | ({"sender": sender} if sender else {})  # fmt: skip
        self._kopecks = kopecks
        self._url = url

    async def send(self, to: str, text: str) -> Handed:
        form = self._form | {"phones": to.lstrip("+"), "mes": text}
        answer = await ask(self._http, "POST", self._url, data=form)
        told = _parsed(answer)
        if "error_code" in told or "error" in told:
            raise _translated(int(told.get("error_code", 0)))
        return Handed(str(told.get("id", "")), kopecks(told.get("cost"), self._kopecks))


def _parsed(answer: str) -> dict[str, Any]:
    try:
        told = orjson.loads(answer)
    except orjson.JSONDecodeError:
        told = None
    if not isinstance(told, dict):
        raise TryLater("SMSC.ru answered with something else than JSON")
    return told


def _translated(code: int) -> Failure | Unreachable:
    if code == 2:
        return NeedsSettings("SMSC.ru refused the login; check KARMAN_SMS_LOGIN and _PASSWORD")
    if code == 3:
        return NeedsSettings("the SMSC.ru account has no money left")
    if code == 4:
        return TryLater("SMSC.ru has blocked our address for a while", timedelta(minutes=10))
    if code == 9:
        return TryLater("SMSC.ru had the same request a moment ago", timedelta(minutes=1))
    if code in {7, 8}:
        return Unreachable(f"SMSC.ru cannot deliver to this number: {code}", gone=False)
    return GiveUp(f"SMSC.ru refused the message: {code}")
