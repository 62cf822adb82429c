"""How often a login may call, and how often a stranger may guess."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from backend.platform.context import Context
from backend.platform.settings import Settings, listen_address
from backend.platform.world.serving import serving
from backend.web.api.limits import MemoryLimits, Quota
from backend.web.app import make_app
from backend.web.rate_limit import RateLimit
from tests.messages.people import Shop, facade
from tests.web.compat.conftest import CHOSEN, KOSHELEK
from tests.web.compat.wallet import WalletCrm


@pytest.fixture
async def site(database: str, ctx: Context) -> AsyncIterator[aiohttp.ClientSession]:
    """Four calls of a login, four guesses of an address; time stands still."""
    app = make_app(
        Settings(),
        ctx,
        RateLimit(per_second=1, burst=4, seconds=lambda: 0.0),
        limits=MemoryLimits(Quota(1, 4), lambda: 0.0),
    )
    async with (
        serving(app, listen_address("127.0.0.1:0")) as address,
        aiohttp.ClientSession(address) as session,
    ):
        yield session


async def test_each_login_has_its_own(
    ctx: Context, shop: Shop, site: aiohttp.ClientSession
) -> None:
    one, other = [await facade(ctx, shop) for _ in range(2)]
    first, second = (
        WalletCrm(KOSHELEK, each.login.login, each.secret, site) for each in (one, other)
    )
    await first.connect(CHOSEN)
    told = [await first.ask("GET", "/promo/v1/all") for _ in range(4)]
    assert [each.status for each in told] == [200, 200, 200, 429]
    assert (told[-1].headers["Retry-After"], told[-1].json["code"]) == ("1", "too_often")
    await second.connect(CHOSEN)
    assert (await second.ask("GET", "/promo/v1/all")).status == 200


async def test_guesses_are_counted_before_they_cost_anything(
    ctx: Context, shop: Shop, site: aiohttp.ClientSession
) -> None:
    issued = await facade(ctx, shop)
    crm = WalletCrm(KOSHELEK, issued.login.login, "guess", site)
    told = [(await crm.ask("GET", "/promo/v1/all")).status for _ in range(5)]
    assert told == [401, 401, 401, 401, 429]
    none = WalletCrm(f"{KOSHELEK}/none", issued.login.login, "guess", site)
    assert (await none.ask("GET", "/x")).status == 429
