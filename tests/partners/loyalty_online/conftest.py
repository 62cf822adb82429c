"""A host that runs, and the processor that is configured for it."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from aiohttp import ClientSession

from backend.partners.loyalty_online.processor import LoyaltyOnlineProcessor, open_processor
from backend.partners.loyalty_online.settings import Secrets, Settings
from backend.partners.member import Member
from backend.partners.way import Way
from models.barcode_format import BarcodeFormat
from models.program import Program
from tests.partners.loyalty_online.double import (
    BLOCKED,
    LOGIN,
    PASSWORD,
    SEVERAL,
    TAKEN,
    UNKNOWN,
    Host,
    served,
)
from tests.support.clock import StoppedClock

CODES = {
    BLOCKED: "blocked",
    SEVERAL: "ambiguous",
    UNKNOWN: "number_unknown",
    TAKEN: "number_taken",
}
ON = {
    "anonymous": True,
    "profile": {"on": True, "method": "PUT", "path": "v1/card/{number}"},
    "balance": {"on": True, "path": "v1/card/{number}/balance"},
    "history": {"on": True, "path": "v1/card/{number}/history"},
    "promotions": {"on": True, "path": "v1/card/{number}/promo"},
}
SECRETS = Secrets(login=LOGIN, password=PASSWORD)
ANNA = Member(
    id="w-1",
    phone="+79161234567",
    phone_verified=True,
    email="anna+shop@example.ru",
    email_verified=True,
    last_name="Иванова",
    first_name="Анна",
    birth_date=date(1990, 1, 2),
    sex="female",
)


def settings(url: str, **more: Any) -> Settings:
    return Settings.model_validate({"url": url, "codes": CODES, **more})


@pytest.fixture
def program() -> Program:
    return Program(id=1, key="lavka", barcode_format=BarcodeFormat.EAN13)


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    async with served(Host()) as running:
        yield running
        assert not running.wrong, "a real host would never be asked this"


@pytest.fixture
def way(http: ClientSession, clock: StoppedClock) -> Way:
    return Way(http, clock)


@pytest.fixture
def processor(host: Host, way: Way) -> LoyaltyOnlineProcessor:
    return open_processor(settings(host.url, **ON), SECRETS, way)
