"""A CRM that was written for «Кошелёк», and knows nothing of Karman: an address, a login."""

import base64
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson


@dataclass
class Answer:
    status: int
    headers: Any
    data: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.data)


@dataclass
class WalletCrm:
    """`base` and the two words are all that changes when it moves."""

    base: str
    login: str
    password: str
    session: aiohttp.ClientSession

    async def ask(
        self, method: str, path: str, body: Any = None, *, data: Any = None, **headers: str
    ) -> Answer:
        coded = base64.b64encode(f"{self.login}:{self.password}".encode()).decode()
        told = {"Authorization": f"Basic {coded}", **_named(headers)}
        if body is not None:
            data = orjson.dumps(body)
            told["Content-Type"] = "application/json; charset=utf-8"
        async with self.session.request(
            method, self.base + path, data=data, headers=told
        ) as answer:
            return Answer(answer.status, answer.headers, await answer.read())

    async def connect(self, password: str) -> None:
        """As their manual has it: the first password is changed before anything else."""
        made = await self.ask("PUT", "/public/user/reset-password", {"newPassword": password})
        assert made.status == 200, made.data
        self.password = password

    async def push(self, msisdn: int, kind: str = "TRANSACTION", **more: Any) -> Answer:
        return await self.ask("POST", "/push/delivery", push(msisdn, kind), **more)


def push(msisdn: Any, kind: str = "TRANSACTION", **payload: Any) -> dict[str, Any]:
    """The example of their manual."""
    return {
        "pushType": kind,
        "msisdn": msisdn,
        "payload": {
            "title": "Bonus points written off",
            "message": "Your card balance is reduced by 10 bonuses",
            "image": "http://partnerdomain/logo.jpg",
            "deeplink": {"target": "card"},
            **payload,
        },
        "qos": {"deliveryStatusNotifications": True},
    }


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
