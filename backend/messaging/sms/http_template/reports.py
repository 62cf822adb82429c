"""What became of a message, at a gateway that is described by templates.

One pattern reads its calls and its answers alike: the group `id` (of a call; an answer is about the
message that was asked for), and one of the groups `delivered` and `undelivered`; `cost` in roubles.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from aiohttp import ClientSession

from backend.messaging.outside_request import ask, kopecks
from backend.messaging.reports import Report, Sent
from models.message import Reported


class HttpReports:
    """Asked one by one, at `url` with {id} in it; "" for a gateway that only calls."""

    most = 10
    answer = "OK"

    def __init__(self, url: str, pattern: str, token: str = "") -> None:
        self._url = url
        self._pattern = pattern
        self._headers = {"Authorization": f"Bearer {token}"} if token else None

    async def ask(self, http: ClientSession, sent: Sequence[Sent]) -> Sequence[Report]:
        if not self._url:
            return []
        found = []
        for each in sent:
            url = self._url.replace("{id}", quote(each.provider_id, safe=""))
            report = self._read(
                await ask(http, "GET", url, headers=self._headers), each.provider_id
            )
            found.extend([] if report is None else [report])
        return found

    def heard(self, given: Sequence[tuple[str, str]]) -> Sequence[Report]:
        """The address is the secret: nobody else knows it. The fields are read as a form is spelt:
        `id=17&status=DELIVRD`."""
        report = self._read(urlencode(list(given)), "")
        return [] if report is None else [report]

    def _read(self, text: str, asked: str) -> Report | None:
        found = re.search(self._pattern, text)
        groups = found.groupdict() if found is not None else {}
        provider_id = asked or groups.get("id") or ""
        if not provider_id or not (groups.get("delivered") or groups.get("undelivered")):
            return None
        reported = Reported.DELIVERED if groups.get("delivered") else Reported.UNDELIVERED
        cost = kopecks(groups.get("cost"), -1)
        return Report(provider_id[:128], reported, None if cost < 0 else cost)
