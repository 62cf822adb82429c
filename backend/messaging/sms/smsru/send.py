"""SMS.ru over its HTTP API: https://sms.ru/api/send (json=1).

Everything goes in the body of a POST, so that neither the key nor the code stands in an
access log. Two statuses come back: of the request and of the number.
"""

from datetime import timedelta
from typing import Any

import orjson
from aiohttp import ClientSession

from backend.messaging.channel import Handed, Unreachable
from backend.messaging.outside_request import ask, kopecks
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater

URL = "https://sms.ru/sms/send"
_OK = 100
_SETTINGS = {
    200: "SMS.ru refused the key; check KARMAN_SMS_API_ID",
    201: "the SMS.ru account has no money left",
    204: "SMS.ru has not approved the sender's name; check KARMAN_SMS_SENDER",
    300: "SMS.ru refused the key; check KARMAN_SMS_API_ID",
    301: "SMS.ru refused the key; check KARMAN_SMS_API_ID",
    302: "the SMS.ru account is not confirmed",
}
_LATER = {
    206: timedelta(hours=1),
    220: timedelta(minutes=1),
    231: timedelta(minutes=1),
    500: timedelta(minutes=1),
}
_NUMBER = {202, 207, 209, 230, 232}


class SmsRuGateway:
    def __init__(
        self,
        http: ClientSession,
        api_id: str,
        *,
        sender: str = "",
        kopecks: int = 0,
        url: str = URL,
    ) -> None:
        self._http = http
        self._form = {"api_id": api_id, "json": "1"} | ({"from": sender} if sender else {})
        self._kopecks = kopecks
        self._url = url

    async def send(self, to: str, text: str) -> Handed:
        digits = to.lstrip("+")
        answer = await ask(
            self._http, "POST", self._url, data=self._form | {"to": digits, "msg": text}
        )
        told = _parsed(answer)
        of_number = told.get("sms", {}).get(digits, {}) if _code(told) == _OK else told
        if _code(of_number) != _OK:
            raise _translated(_code(of_number))
        return Handed(str(of_number.get("sms_id", "")), self._cost(of_number))

    def _cost(self, of_number: dict[str, Any]) -> int:
        return kopecks(of_number.get("cost"), self._kopecks)


def _parsed(answer: str) -> dict[str, Any]:
    try:
        told = orjson.loads(answer)
    except orjson.JSONDecodeError:
        told = None
    if not isinstance(told, dict):
        raise TryLater("SMS.ru answered with something else than JSON")
    return told


def _code(told: dict[str, Any]) -> int:
    code = told.get("status_code", 0)
    return code if isinstance(code, int) else 0


def _translated(code: int) -> Failure | Unreachable:
    if code in _SETTINGS:
        return NeedsSettings(_SETTINGS[code])
    if code in _LATER:
        return TryLater(f"SMS.ru asks to wait: {code}", _LATER[code])
    if code in _NUMBER:
        return Unreachable(f"SMS.ru cannot deliver to this number: {code}", gone=False)
    return GiveUp(f"SMS.ru refused the message: {code}")
