"""A host of the Loyalty Online API that refuses what a real one refuses, and keeps what it is told.

Whatever it would never be asked by a good client is in `wrong`: each test ends with none.
"""

import json
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from catalog.symbologies.symbol_rules import check_digit
from tests.partners.faults import Faults

LOGIN, PASSWORD = "wallet", "s3cret:with colon"
BASIC = "Basic " + b64encode(f"{LOGIN}:{PASSWORD}".encode()).decode()
WRONG, BLOCKED, SEVERAL, UNKNOWN, TAKEN, USED = "100", "102", "103", "104", "105", "106"
CHANNELS = {"sms", "email", "call"}
PROFILE = {
    "msisdn", "email", "birthDate", "lastName", "firstName", "patronymicName", "sex", "city",
}  # fmt: skip


def numbers() -> Iterator[str]:
    for each in count(1):
        digits = f"2100{each:08d}"
        yield digits + check_digit(digits)


@dataclass
class Held:
    """A card of the host."""

    number: str
    state: str = "active"
    blocked: bool = False
    barcode: str = "EAN_13"
    profile: dict[str, str] = field(default_factory=dict)
    allow: list[str] = field(default_factory=list)
    deny: list[str] = field(default_factory=list)
    balance: str = "0"


class Refused(Exception):
    def __init__(self, code: str, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


@dataclass
class Host:
    """`knows_contacts`: whether an anonymous card is found by what came with the request."""

    knows_contacts: bool = True
    cards: dict[str, Held] = field(default_factory=dict)
    reserved: set[str] = field(default_factory=set)
    receipts: list[tuple[str, str]] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    url: str = ""
    _numbers: Iterator[str] = field(default_factory=numbers)

    def add(self, number: str = "", **profile: str) -> Held:
        held = Held(number or next(self._numbers), profile=profile)
        self.cards[held.number] = held
        return held

    @property
    def people(self) -> dict[str, list[str]]:
        """The numbers of the cards by phone."""
        found: dict[str, list[str]] = {}
        for card in self.cards.values():
            if phone := card.profile.get("msisdn"):
                found.setdefault(phone, []).append(card.number)
        return found

    @property
    def nobodys(self) -> int:
        return sum(1 for card in self.cards.values() if not card.profile)

    async def find(self, request: web.Request) -> web.Response:
        asked = request.query
        if "msisdn" in asked and not re.fullmatch(r"7\d{10}", asked["msisdn"]):
            raise Refused(WRONG, "msisdn")
        if "birthDate" in asked:
            date.fromisoformat(asked["birthDate"])
        names = {name: asked[name] for name in ("msisdn", "email", "birthDate") if name in asked}
        found = [
            card
            for card in self.cards.values()
            if any(card.profile.get(name) == value for name, value in names.items())
        ]
        if not names or len(found) > 1:
            raise Refused(SEVERAL, "several cards: ask the customer service")
        if found and found[0].blocked:
            raise Refused(BLOCKED, f"the card of {found[0].profile.get('lastName')} is blocked")
        return web.json_response({"card": _shown(found[0])} if found else {})

    async def anonymous(self, request: web.Request) -> web.Response:
        body = await _body(request, PROFILE)
        held = self.add()
        if self.knows_contacts:
            held.profile = body
        return web.json_response({"card": _shown(held)})

    async def profile(self, request: web.Request) -> web.Response:
        body = await _body(request, PROFILE)
        number = request.match_info["number"]
        if number in self.reserved:
            self.reserved.discard(number)
            self.add(number)
        held = self._held(number)
        phone = body.get("msisdn")
        if any(c.profile.get("msisdn") == phone for c in self.cards.values() if c is not held):
            raise Refused(TAKEN, "the phone has another card")
        held.profile = body
        return web.json_response({})

    async def communication(self, request: web.Request) -> web.Response:
        body = await _body(request, {"allow", "deny"})
        held = self._held(request.match_info["number"])
        allow, deny = body.get("allow"), body.get("deny")
        if not isinstance(allow, list) or not isinstance(deny, list):
            raise Refused(WRONG, "allow and deny are lists")
        if set(allow) & set(deny) or not {*allow, *deny} <= CHANNELS:
            raise Refused(WRONG, "channels")
        held.allow, held.deny = allow, deny
        return web.Response()

    async def balance(self, request: web.Request) -> web.Response:
        held = self._held(request.match_info["number"])
        return web.json_response({"balance": held.balance, "level": {"name": "Gold"}})

    async def history(self, request: web.Request) -> web.Response:
        self._held(request.match_info["number"])
        lines = [
            {"date": f"2026-01-0{day}T10:00:00", "amount": day * 10, "description": f"Чек {day}"}
            for day in (1, 3, 2)
        ]
        return web.json_response({"operations": lines})

    async def promotions(self, request: web.Request) -> web.Response:
        self._held(request.match_info["number"])
        promo = {"promoId": 17, "name": "Неделя сыра", "startDate": "2026-11-20", "endDate": ""}
        return web.json_response({"promos": [promo]})

    async def receipt(self, request: web.Request) -> web.Response:
        body = await _body(request, {"cardNumber", "qrCode"})
        told = self._held(body["cardNumber"]).number, body["qrCode"]
        if told in self.receipts:
            raise Refused(USED, "the receipt is known")
        self.receipts.append(told)
        return web.json_response({})

    async def promo_code(self, request: web.Request) -> web.Response:
        body = await _body(request, {"cardNumber", "promoCode"})
        self.codes[body["promoCode"]] = self._held(body["cardNumber"]).number
        return web.json_response({})

    def _held(self, number: str) -> Held:
        if number not in self.cards:
            raise Refused(UNKNOWN, "no such card")
        return self.cards[number]

    @web.middleware
    async def door(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.seen.append(f"{request.method} {request.raw_path}")
        self.keys.append(request.headers.get("Idempotency-Key", ""))
        if request.headers.get("Authorization") != BASIC:
            return web.Response(status=401, headers={"WWW-Authenticate": "Basic"})
        try:
            return await handler(request)
        except Refused as refused:
            if refused.code == WRONG:
                self.wrong.append(f"{request.method} {request.path}: {refused.description}")
            said = {"code": refused.code, "description": refused.description}
            return web.json_response(said, status=422)
        except web.HTTPNotFound:
            self.wrong.append(f"{request.method} {request.path}: no such method")
            raise


async def _body(request: web.Request, known: set[str]) -> dict[str, Any]:
    if request.headers.get("Content-Type") != "application/json; charset=utf-8":
        raise Refused(WRONG, "content type")
    body = json.loads((await request.read()).decode("utf-8"))
    if not isinstance(body, dict) or not set(body) <= known:
        raise Refused(WRONG, f"body {sorted(body)}")
    if (phone := body.get("msisdn")) and not re.fullmatch(r"7\d{10}", phone):
        raise Refused(WRONG, "msisdn")
    return body


def _shown(card: Held) -> dict[str, Any]:
    barcode = {"barcodeNumber": card.number, "barcodeType": card.barcode}
    return {"cardNumber": card.number, "cardState": card.state, "barcode": barcode, "new": None}


@asynccontextmanager
async def served(host: Host) -> AsyncIterator[Host]:
    app = web.Application(middlewares=[host.faults.middleware, host.door])
    app.router.add_get("/api/v1/card", host.find)
    app.router.add_post("/api/v1/card/anonymous", host.anonymous)
    app.router.add_put("/api/v1/card/{number}", host.profile)
    app.router.add_put("/api/v1/card/{number}/communication", host.communication)
    app.router.add_get("/api/v1/card/{number}/balance", host.balance)
    app.router.add_get("/api/v1/card/{number}/history", host.history)
    app.router.add_get("/api/v1/card/{number}/promo", host.promotions)
    app.router.add_post("/api/v1/promo/qrCode", host.receipt)
    app.router.add_post("/api/v1/promo/code", host.promo_code)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api"
        yield host
    finally:
        await runner.cleanup()
