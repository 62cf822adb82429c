"""«Ромашка» has a system of its own, which is strict."""

from dataclasses import replace

import pytest

from backend.partners.opened import sealed
from backend.platform.context import CLOCK, Context
from backend.platform.door import WORKER
from models.account import Account
from models.connection import Connection
from tests.support.edge.strict_cdp import OpenedCdp, StrictCdp
from tests.support.factory.brands import make_account


@pytest.fixture
def cdp() -> StrictCdp:
    return StrictCdp()


@pytest.fixture
def opened(ctx: Context, cdp: StrictCdp) -> OpenedCdp:
    return OpenedCdp(ctx, cdp)


@pytest.fixture
def asking(ctx: Context, opened: OpenedCdp) -> Context:
    """A process that asks the system."""
    return replace(ctx, processors=opened)


@pytest.fixture
def worker(asking: Context) -> Context:
    return asking.acting(CLOCK, WORKER)


@pytest.fixture
async def romashka(database: str) -> Account:
    return await make_account()


@pytest.fixture
async def connection(ctx: Context, romashka: Account) -> Connection:
    return await Connection.create(
        account=romashka,
        key="crm",
        vendor="strict",
        sealed=sealed(ctx.vault, {}),
        created_at=ctx.clock(),
    )
