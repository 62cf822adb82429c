"""What became of a message, at SMS.ru: https://sms.ru/api/status (json=1), and as it calls by
itself (https://sms.ru/api/callback)."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from aiohttp import ClientSession

from backend.messaging.outside_request import ask, kopecks
from backend.messaging.reports import Meaning, NotTheirs, Report, Sent
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from models.message import Reported

URL = "https://sms.ru/sms/status"
_OK = 100
_KEY = {200, 300, 301, 302}
_LATER = {220, 500}
# -1: it does not know the message, 100 to 102: on the way.
_MEANING: Meaning = {
    103: Reported.DELIVERED,
    104: Reported.UNDELIVERED,
    105: Reported.UNDELIVERED,
    106: Reported.UNDELIVERED,
    107: Reported.UNDELIVERED,
    108: Reported.UNDELIVERED,
    110: Reported.DELIVERED,
    150: Reported.UNDELIVERED,
}


class SmsRuReports:
    most = 100
    answer = "100"

    def __init__(self, api_id: str, url: str = URL) -> None:
        self._api_id = api_id
        self._url = url

    async def ask(self, http: ClientSession, sent: Sequence[Sent]) -> Sequence[Report]:
        ids = ",".join(each.provider_id for each in sent)
        form = {"api_id": self._api_id, "json": "1", "sms_id": ids}
        told = _parsed(await ask(http, "POST", self._url, data=form))
        _check(told.get("status_code"))
        found = told.get("sms")
        return list(_reports(found)) if isinstance(found, dict) else []

    def heard(self, given: Sequence[tuple[str, str]]) -> Sequence[Report]:
        """Up to a hundred lines `data[0]`, `data[1]`, …: `sms_status`, the id, the status and the
        moment, each below the other; `hash` is made of them and of the key."""
        lines = [value for name, value in given if name.startswith("data")]
        whole = (self._api_id + "".join(lines)).encode()
        right = hashlib.sha256(whole).hexdigest()
        if not hmac.compare_digest(right.encode(), dict(given).get("hash", "").encode()):
            raise NotTheirs
        return [report for line in lines if (report := _line(line)) is not None]


def _parsed(answer: str) -> dict[str, Any]:
    try:
        told = orjson.loads(answer)
    except orjson.JSONDecodeError:
        told = None
    if not isinstance(told, dict):
        raise TryLater("SMS.ru answered with something else than JSON")
    return told


def _check(code: Any) -> None:
    if code == _OK:
        return
    if code in _KEY:
        raise NeedsSettings("SMS.ru refused the key; check KARMAN_SMS_API_ID")
    if code in _LATER:
        raise TryLater(f"SMS.ru asks to wait: {code}")
    raise GiveUp(f"SMS.ru refused the question: {code}")


def _reports(found: dict[str, Any]) -> Iterator[Report]:
    for sms_id, told in found.items():
        code = told.get("status_code") if isinstance(told, dict) else None
        reported = _MEANING.get(code) if isinstance(code, int) else None
        if reported is not None:
            cost = kopecks(told["cost"], -1) if "cost" in told else -1
            yield Report(sms_id[:128], reported, None if cost < 0 else cost)


def _line(line: str) -> Report | None:
    parts = line.split("\n")
    if len(parts) < 3 or parts[0].strip() != "sms_status" or not parts[2].strip().isdecimal():
        return None
    reported = _MEANING.get(int(parts[2].strip()[:6]))
    return None if reported is None else Report(parts[1].strip()[:128], reported)
