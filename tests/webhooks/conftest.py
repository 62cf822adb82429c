"""Вера of «Ромашка» has an endpoint, and a sender that goes to it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest

from backend.changes.append import append
from backend.changes.draft import Draft
from backend.platform.context import CLOCK, Context
from backend.platform.database import transaction
from backend.platform.door import WORKER
from backend.webhooks.request import Ways, open_ways
from backend.webhooks.sender import Sender
from backend.webhooks.subscribe import Subscribed, WebhookOrder, subscribe
from models.account import Account
from models.account_change import AccountChange, ChangeKind
from tests.support.clock import StoppedClock
from tests.support.factory.brands import make_account
from tests.webhooks.endpoint import Endpoint, standing
from tests.webhooks.sending import HOSTS

Tell = Callable[..., Awaitable[None]]
Follow = Callable[..., Awaitable[Subscribed]]


@pytest.fixture
def clock() -> StoppedClock:
    """Stands at the real time: whoever verifies looks at how old a signature is."""
    return StoppedClock(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
async def romashka(database: str) -> Account:
    return await make_account()


@pytest.fixture
async def ways() -> AsyncIterator[Ways]:
    async with open_ways(HOSTS) as opened:
        yield opened


@pytest.fixture
async def sender(ctx: Context, ways: Ways) -> AsyncIterator[Sender]:
    made = Sender(ctx.acting(CLOCK, WORKER), ways)
    yield made
    await made.stop()


@pytest.fixture
async def endpoint() -> Endpoint:
    return Endpoint()


@pytest.fixture
async def url(endpoint: Endpoint) -> AsyncIterator[str]:
    async with standing(endpoint) as address:
        yield address


@pytest.fixture
def follow(ctx: Context, romashka: Account, endpoint: Endpoint, url: str) -> Follow:
    async def follow(to: str = "", **more: object) -> Subscribed:
        order = WebhookOrder(romashka.id, to or url, **more)  # type: ignore[arg-type]
        made = await subscribe(ctx, order, HOSTS)
        if not to:
            endpoint.secret = made.secret
        return made

    return follow


@pytest.fixture
def tell(ctx: Context, romashka: Account) -> Tell:
    """Registered cards of these customers."""

    async def tell(*customers: int, kind: ChangeKind = ChangeKind.CARD_REGISTERED) -> None:
        told = await AccountChange.all().count()
        async with transaction():
            await append(
                [
                    Draft(romashka.id, kind, f"o{told + n}", ctx.clock(), {"customer": who}, who)
                    for n, who in enumerate(customers)
                ]
            )

    return tell
