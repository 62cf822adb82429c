"""Google, and who tells it of the cards of «Ромашка»."""

from collections.abc import AsyncIterator

import pytest

from backend.platform.context import Context
from tests.passes.google.account import EMAIL, ISSUER, key
from tests.support.clock import StoppedClock
from tests.support.edge.strict_google import StrictGoogle
from tests.wallets.google.told import Told, told


@pytest.fixture
def wallet(clock: StoppedClock) -> StrictGoogle:
    return StrictGoogle(ISSUER, EMAIL, key().public_key(), clock)


@pytest.fixture
async def there(
    ctx: Context, clock: StoppedClock, wallet: StrictGoogle, database: str
) -> AsyncIterator[Told]:
    async with told(ctx, clock, wallet) as running:
        yield running
