"""Requests made of the OpenAPI document itself, so that no operation can be forgotten."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from backend.web.api.openapi import openapi
from tests.support.caller import Caller, Told

DOCUMENT = openapi("https://karman.example")
# What stands in the path, as nobody calls anything.
NOBODY = {
    "account": "nobody", "assignment": "999999999", "brand": "nobody", "campaign": "999999999",
    "card": "999999999", "connection": "nobody", "customer": "999999999", "document": "999999999",
    "job": "999999999", "key": "0000000000", "list": "nobody", "offer": "nobody",
    "program": "nobody", "reservation": "999999999", "segment": "nobody", "store": "nobody",
    "template": "nobody", "trigger": "999999999", "version": "999999999", "watch": "999999999",
    "webhook": "0000000000",
}  # fmt: skip
# Bodies that are no JSON.
FILES = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "application/zip": b"PK\x05\x06" + bytes(18),
    "text/csv": b"printed_number\nA1\n",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """An operation of the document, with its own example as the body."""

    method: str
    path: str
    told: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.told["operationId"])

    @property
    def scope(self) -> str:
        return str(self.told["x-scope"])

    def named(self, place: str) -> list[str]:
        return [each["name"] for each in self.told["parameters"] if each["in"] == place]

    async def ask(self, caller: Caller, holes: Mapping[str, str] = NOBODY, **query: str) -> Told:
        path = self.path.format(**{name: holes[name] for name in self.named("path")})
        needed = {
            each["name"]: str(each["schema"]["examples"][0])
            for each in self.told["parameters"]
            if each["in"] == "query" and each["required"]
        }
        whole = f"{path}?{urlencode(needed | query)}"
        headers = {"If-Match": "*"} if "If-Match" in self.named("header") else {}
        content = self.told.get("requestBody", {}).get("content", {})
        for kind, sample in FILES.items():
            if kind in content:
                headers["Content-Type"] = kind
                return await caller.ask(self.method, whole, data=sample, headers=headers)
        body = content.get("application/json", {}).get("example")
        return await caller.ask(self.method, whole, body, headers=headers)


def samples() -> Iterator[Sample]:
    for path, methods in DOCUMENT["paths"].items():
        for method, told in methods.items():
            yield Sample(method.upper(), path, told)
