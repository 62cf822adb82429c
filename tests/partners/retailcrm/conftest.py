"""A RetailCRM of one's own, and the processor that speaks to it."""

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import pytest
from aiohttp import ClientSession, ClientTimeout
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from backend.partners.member import CardNumber, Member
from backend.partners.retailcrm.processor import RetailCrmProcessor, open_processor
from backend.partners.retailcrm.settings import Secrets, Settings
from backend.partners.way import Way
from backend.platform.clock import utc_now
from models.program import Program
from tests.partners.retailcrm.double import KEY, Crm

ANNA = Member(
    "c-7", phone="+79161234567", phone_verified=True, email="anna@example.ru", last_name="Орлова",
    first_name="Анна", sex="female", city="Казань", answers={"shoe": "38"},
)  # fmt: skip
BORIS = Member("c-8", phone="+79031112233", phone_verified=True, first_name="Борис")
NUMBER = CardNumber("4600 0000 0001 5", "4600000000015")
OTHER = CardNumber("4600 0000 0002 2", "4600000000022")
CLUB = Program(id=1, key="lavka-card")


class House(NamedTuple):
    crm: Crm
    way: Way
    url: str

    def settings(self, **more: Any) -> Settings:
        told = {"url": self.url, "site": "lavka", "loyalty": 3, "per_second": 100, **more}
        return Settings.model_validate(told)

    def processor(self, **more: Any) -> RetailCrmProcessor:
        return open_processor(self.settings(**more), Secrets(api_key=SecretStr(KEY)), self.way)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    crm = Crm()
    server = TestServer(crm.app)
    await server.start_server()
    async with ClientSession(timeout=ClientTimeout(total=10)) as session:
        yield House(crm, Way(session, utc_now), f"http://127.0.0.1:{server.port}")
    await server.close()
