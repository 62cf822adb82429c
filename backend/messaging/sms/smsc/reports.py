"""What became of a message, at SMSC.ru: https://smsc.ru/api/http/status_messages/ (status.php,
fmt=3, all=1), and as it calls by itself (https://smsc.ru/api/http/miscellaneous/callback/)."""

from collections.abc import Sequence
from typing import Any

import orjson
from aiohttp import ClientSession

from backend.messaging.outside_request import ask, kopecks
from backend.messaging.reports import Meaning, Report, Sent
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from models.message import Reported

URL = "https://smsc.ru/sys/status.php"
# -3: it does not know the message, -1 and 0: on the way.
_MEANING: Meaning = {
    -2: Reported.UNDELIVERED,
    1: Reported.DELIVERED,
    2: Reported.DELIVERED,
    3: Reported.UNDELIVERED,
    4: Reported.DELIVERED,
    20: Reported.UNDELIVERED,
    22: Reported.UNDELIVERED,
    23: Reported.UNDELIVERED,
    24: Reported.UNDELIVERED,
    25: Reported.UNDELIVERED,
}
_UNKNOWN = -1


class SmscReports:
    """Asked by number and id together: of whom no number is known, nothing is."""

    most = 100
    answer = "OK"

    def __init__(self, login: str, password: str, url: str = URL) -> None:
        self._form = {"login": login, "psw": password, "fmt": "3", "charset": "utf-8", "all": "1"}
        self._url = url

    async def ask(self, http: ClientSession, sent: Sequence[Sent]) -> Sequence[Report]:
        known = [each for each in sent if each.to]
        if not known:
            return []
        form = self._form | {
            "id": ",".join(each.provider_id for each in known),
            "phone": ",".join(each.to.lstrip("+") for each in known),
        }
        told = _parsed(await ask(http, "POST", self._url, data=form))
        if isinstance(told, dict):
            _check(told)
            told = [{"id": known[0].provider_id, **told}] if len(known) == 1 else []
        return [report for each in told if (report := _report(each)) is not None]

    def heard(self, given: Sequence[tuple[str, str]]) -> Sequence[Report]:
        """The address is the secret: nobody else knows it."""
        report = _report(dict(given))
        return [] if report is None else [report]


def _parsed(answer: str) -> Any:
    try:
        told = orjson.loads(answer)
    except orjson.JSONDecodeError:
        told = None
    if not isinstance(told, dict | list):
        raise TryLater("SMSC.ru answered with something else than JSON")
    return told


def _check(told: dict[str, Any]) -> None:
    code = _number(told.get("error_code"), 0)
    if code == 2:
        raise NeedsSettings("SMSC.ru refused the login; check KARMAN_SMS_LOGIN and _PASSWORD")
    if code in {4, 9}:
        raise TryLater(f"SMSC.ru asks to wait: {code}")
    if code or "error" in told:
        raise GiveUp(f"SMSC.ru refused the question: {code}")


def _report(told: Any) -> Report | None:
    if not isinstance(told, dict) or not told.get("id"):
        return None
    reported = _MEANING.get(_number(told.get("status"), _UNKNOWN))
    if reported is None:
        return None
    cost = kopecks(told["cost"], -1) if "cost" in told else -1
    return Report(str(told["id"])[:128], reported, None if cost < 0 else cost)


def _number(value: Any, otherwise: int) -> int:
    try:
        return int(str(value))
    except ValueError:
        return otherwise
