"""Whatever is asked in whatever order: no 5xx, no answer that the document does not have."""

import asyncio
import os
import random
from collections import Counter

import pytest

from backend.access.issue_key import KeyOrder, issue_key
from backend.access.rights import Right
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from backend.platform.settings import Settings
from backend.web.run import listening
from models.account import Account
from tests.support.caller import Caller
from tests.web.api.generated import Explorer
from tests.web.api.holdings import holdings
from tests.web.api.matrix import DOCUMENT, samples

# Of the long run, on each database: so many evenly, and so many as links lead. SEED=… asks the
# same again.
REQUESTS = int(os.environ.get("GENERATED", "20000"))
LINKED = int(os.environ.get("LINKED", str(REQUESTS)))
SEED = int(os.environ.get("SEED", "0"))


@pytest.fixture
async def holds(ctx: Context, duty: Caller) -> dict[str, str]:
    return await holdings(ctx, duty)


async def explored(
    ctx: Context, holds: dict[str, str], seed: int, evenly: int, as_links_lead: int
) -> Explorer:
    account = await Account.get(key=holds["account"])
    everything = KeyOrder(account.id, "generated", frozenset(Right) - {Right.OPERATOR})
    key = await issue_key(ctx.acting(OPERATOR, CLI), everything)
    duty = await issue_key(ctx.acting(OPERATOR, CLI), KeyOrder(None, "duty", frozenset(Right)))
    patient = Settings(listen="127.0.0.1:0", api_per_second=100_000)
    async with listening(patient, ctx) as address:
        explorer = Explorer(address, (key.text, duty.text), holds, random.Random(seed))
        await asyncio.to_thread(explorer.evenly, DOCUMENT, evenly)
        await asyncio.to_thread(explorer.as_links_lead, DOCUMENT, as_links_lead)
    return explorer


def check(explorer: Explorer, seed: int) -> None:
    assert not explorer.found, f"seed {seed}\n{explorer.told()}"
    statuses = Counter[int]()
    for (_, status), count in explorer.answered.items():
        statuses[status] += count
    assert statuses[200] > 20, f"nothing gets past the door: {statuses}"
    assert statuses[201] > 0, f"nothing is made: {statuses}"
    assert statuses[401] > 0, f"nobody asks without a key: {statuses}"
    operations = len({label for label, _ in explorer.answered})
    assert operations == len(list(samples())), "some operation was never asked"
    told = f"seed {seed}: {statuses.total()} requests, {operations} operations, {statuses}"
    print(told)  # noqa: T201


@pytest.mark.sample("sqlite")
async def test_a_sample(ctx: Context, holds: dict[str, str]) -> None:
    check(await explored(ctx, holds, 1, 171, 200), 1)


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_twenty_thousand(ctx: Context, holds: dict[str, str]) -> None:
    seed = SEED or random.SystemRandom().getrandbits(32)
    check(await explored(ctx, holds, seed, REQUESTS, LINKED), seed)
