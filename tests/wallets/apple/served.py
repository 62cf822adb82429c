"""The product over HTTP, with a certificate to sign cards with; and what an iPhone asks of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from backend.passes.apple.dev_chain import TYPE
from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.wallets.give_pass import give_pass
from backend.wallets.token import pass_token
from backend.web.app import make_app
from backend.web.rate_limit import RateLimit
from models.card import Card
from models.wallet_pass import WalletKind, WalletPass
from tests.passes.apple.chain import chain

BASE = "https://karman.example"
DEVICE = "b8d1f8a2d2c94b9d"
APNS_TOKEN = "ab" * 32


def settings(**others: Any) -> Settings:
    pem = (chain().signer + chain().intermediate).decode()
    return Settings(**{"base_url": BASE, "apple_passes": pem, **others})


@asynccontextmanager
async def site(ctx: Context, **others: Any) -> AsyncIterator["Phone"]:
    app = make_app(settings(**others), ctx, RateLimit(per_second=1e6, burst=10**6))
    async with TestClient(TestServer(app)) as client:
        yield Phone(client, ctx)


async def pass_of(ctx: Context, card: Card) -> WalletPass:
    return await give_pass(ctx, card, WalletKind.APPLE, TYPE)


class Phone:
    """Asks as a device does; `authorized` in place of the pass's own token."""

    def __init__(self, client: TestClient[Any, Any], ctx: Context) -> None:
        self.client, self._ctx = client, ctx

    def _headers(self, serial: str, authorized: str | None) -> dict[str, str]:
        own = f"ApplePass {pass_token(self._ctx.vault, serial)}"
        return {"Authorization": own if authorized is None else authorized}

    async def register(
        self, serial: str, *, device: str = DEVICE, type_: str = TYPE, token: object = APNS_TOKEN,
        authorized: str | None = None,
    ) -> int:  # fmt: skip
        path = f"/wallet/apple/v1/devices/{device}/registrations/{type_}/{serial}"
        headers = self._headers(serial, authorized)
        async with self.client.post(path, json={"pushToken": token}, headers=headers) as answer:
            return answer.status

    async def unregister(
        self, serial: str, *, device: str = DEVICE, type_: str = TYPE, authorized: str | None = None
    ) -> int:
        path = f"/wallet/apple/v1/devices/{device}/registrations/{type_}/{serial}"
        headers = self._headers(serial, authorized)
        async with self.client.delete(path, headers=headers) as answer:
            return answer.status

    async def changed(self, tag: str | None = None, *, device: str = DEVICE) -> Any:
        """None: 204."""
        path = f"/wallet/apple/v1/devices/{device}/registrations/{TYPE}"
        query = {} if tag is None else {"passesUpdatedSince": tag}
        async with self.client.get(path, params=query) as answer:
            return None if answer.status == 204 else await answer.json()

    async def fetch(
        self, serial: str, *, since: str = "", type_: str = TYPE, authorized: str | None = None
    ) -> tuple[ClientResponse, bytes]:
        headers = self._headers(serial, authorized)
        if since:
            headers["If-Modified-Since"] = since
        path = f"/wallet/apple/v1/passes/{type_}/{serial}"
        async with self.client.get(path, headers=headers) as answer:
            return answer, await answer.read()
