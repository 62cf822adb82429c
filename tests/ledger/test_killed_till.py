"""kill -9 of a process that posts, between any two instructions (before a posting's commit, between
commit and answer, between the statements of SQLite): what was answered holds, and whoever asks
everything again gets each posting once."""

import asyncio
import signal

import pytest

from backend.ledger.post import read_state
from backend.ledger.verify import sums
from backend.platform.context import Context
from models.ledger import Posting
from models.outbox import OutboxEvent
from tests.ledger.conftest import GiveCard
from tests.ledger.process_killed import sale
from tests.support.machine.processes import start_python


@pytest.mark.slow
@pytest.mark.parametrize("answers", [1, 25])
async def test_a_till_is_killed(
    ctx: Context, give_card: GiveCard, database: str, answers: int
) -> None:
    anna = await give_card()
    till = await start_python("tests.ledger.process_killed", database, str(anna.id))
    async with asyncio.timeout(60):
        said = [int(await till.stdout.readline()) for _ in range(answers)]
    till.kill()
    rest, _ = await till.communicate()
    assert till.returncode == -signal.SIGKILL
    answered = len([*said, *rest.split()])

    stands = await Posting.all().count()
    assert answered * 2 <= stands <= answered * 2 + 2
    assert [each.wrong() async for each in sums()] == [[]]
    again = [await sale(ctx, anna, number) for number in range(answered + 1)]
    assert not any(posted.new for one in again[:-1] for posted in one)
    assert await Posting.all().count() == await OutboxEvent.all().count() == 2 * (answered + 1)
    assert (await read_state(anna.id)).available == 600 * (answered + 1)
    assert [each.wrong() async for each in sums()] == [[]]
