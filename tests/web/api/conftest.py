"""The API behind a real socket, and who asks it."""

import aiohttp
import pytest

from backend.platform.context import Context
from models.account import Account
from tests.support.caller import Caller, caller
from tests.support.factory.brands import make_account


@pytest.fixture
async def lavka(database: str) -> Account:
    names = {"legal_name_ru": "ООО «Лавка»", "legal_name_en": "Lavka LLC"}
    return await make_account("lavka", **names)


@pytest.fixture
async def vera(site: aiohttp.ClientSession, ctx: Context, lavka: Account) -> Caller:
    """The engineer of «Лавка», with a key that may everything for it."""
    return await caller(site, ctx, lavka)


@pytest.fixture
async def duty(site: aiohttp.ClientSession, ctx: Context) -> Caller:
    """The operator's own key."""
    return await caller(site, ctx, None)


@pytest.fixture
def stranger(site: aiohttp.ClientSession) -> Caller:
    """Nobody has given them a key."""
    return Caller(site)
