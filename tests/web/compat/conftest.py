"""«Ромашка» with Анна, and the CRM that was written for «Кошелёк»."""

import aiohttp
import pytest

from backend.platform.context import Context
from models.card import Card
from models.customer import Customer
from tests.messages.people import Shop, facade, make_shop, member
from tests.web.compat.wallet import WalletCrm

ANNA = 79161234567
KOSHELEK = "/compat/koshelek"
CHOSEN = "очень длинный пароль"


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
