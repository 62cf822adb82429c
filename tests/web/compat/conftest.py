"""«Ромашка» with Анна, and the CRM that was written for «Кошелёк»."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.run import listening
from models.card import Card
from models.customer import Customer
from tests.messages.people import Shop, facade, make_shop, member
from tests.web.compat.wallet import WalletCrm

ANNA = 79161234567
KOSHELEK = "/compat/koshelek"
CHOSEN = "очень длинный пароль"


@pytest.fixture
async def address(database: str, ctx: Context) -> AsyncIterator[str]:
    """Pictures are fetched from this machine, too."""
    settings = Settings(
        listen="127.0.0.1:0", base_url="https://karman.example", webhooks_http_hosts="127.0.0.1"
    )
    async with listening(settings, ctx) as bound:
        yield bound


@pytest.fixture
async def site(address: str) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(address) as session:
        yield session


@pytest.fixture
async def shop(database: str) -> Shop:
    return await make_shop()


@pytest.fixture
async def anna(ctx: Context, shop: Shop) -> tuple[Customer, Card]:
    return await member(ctx, shop, 1, f"+{ANNA}")


@pytest.fixture
async def fresh(ctx: Context, shop: Shop, site: aiohttp.ClientSession) -> WalletCrm:
    """With the first password still."""
    issued = await facade(ctx, shop)
    return WalletCrm(KOSHELEK, issued.login.login, issued.secret, site)


@pytest.fixture
async def crm(fresh: WalletCrm) -> WalletCrm:
    await fresh.connect(CHOSEN)
    return fresh
