"""One HTTP request after a template: {to} is E.164 with the plus, {digits} without, {text} the
message; each is quoted for the place it stands in."""

import json
import re
from dataclasses import dataclass, field
from urllib.parse import quote

from aiohttp import ClientSession

from backend.messaging.channel import Handed
from backend.messaging.outside_request import ask, kopecks
from backend.platform.failures import GiveUp

_PLACE = re.compile(r"\{(to|digits|text)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """`expect` must be found in the answer; its groups `id` and `cost` (roubles) are kept.
    A body that begins with a brace is JSON, any other a form."""

    url: str = field(repr=False)
    method: str = "GET"
    body: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    expect: str = ""
    kopecks: int = 0


class HttpGateway:
    def __init__(self, http: ClientSession, template: Template) -> None:
        self._http = http
        self._template = template

    async def send(self, to: str, text: str) -> Handed:
        template = self._template
        values = {"to": to, "digits": to.lstrip("+"), "text": text}
        is_json = template.body.startswith("{")
        body = _fill(template.body, values, as_json=is_json) if template.body else None
        answer = await ask(
            self._http,
            template.method,
            _fill(template.url, values),
            data=body,
            headers=_headers(template, is_json=is_json),
        )
        found = re.search(template.expect, answer)
        if found is None:
            raise GiveUp("the gateway's answer is not the one that KARMAN_SMS_EXPECT describes")
        groups = found.groupdict()
        return Handed((groups.get("id") or "")[:128], kopecks(groups.get("cost"), template.kopecks))


def _fill(template: str, values: dict[str, str], *, as_json: bool = False) -> str:
    def place(found: re.Match[str]) -> str:
        value = values[found[1]]
        return json.dumps(value)[1:-1] if as_json else quote(value, safe="")

    return _PLACE.sub(place, template)


def _headers(template: Template, *, is_json: bool) -> dict[str, str]:
    headers = {}
    if template.body:
        kind = "application/json" if is_json else "application/x-www-form-urlencoded"
        headers["Content-Type"] = kind
    if template.token:
        headers["Authorization"] = f"Bearer {template.token}"
    return headers
