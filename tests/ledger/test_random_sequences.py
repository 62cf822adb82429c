"""Whatever is posted in whatever order: every sum is exact, nothing is ever negative, and a model
that knows no lots agrees."""

import asyncio
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.ledger.accrue import accrue
from backend.ledger.capture import capture
from backend.ledger.correct import correct
from backend.ledger.expire import expire_lots
from backend.ledger.hold import hold
from backend.ledger.order import LedgerCard, Posted
from backend.ledger.post import read_state
from backend.ledger.release import release
from backend.ledger.reverse import reverse
from backend.ledger.spend import spend
from backend.ledger.verify import sums
from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from models.ledger import Posting, PostingKind
from models.refusal import Refusal
from tests.ledger.conftest import card_of, ledger_program
from tests.support.clock import StoppedClock
from tests.support.database import sqlite

KINDS = ("accrue", "spend", "hold", "capture", "release", "reverse", "correct", "expire", "repeat")
STEPS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(1, 500), st.integers(0, 5)), max_size=30
)
_keys = count(1)
PLAIN = {"accrue": accrue, "spend": spend, "hold": hold}
SIGNS = {"accrue": 1, "correct": 1, "spend": -1, "capture": -1, "hold": 0, "release": 0}
ABOUT = {
    "capture": [PostingKind.HOLD],
    "release": [PostingKind.HOLD],
    "reverse": [PostingKind.ACCRUE, PostingKind.SPEND, PostingKind.CAPTURE],
}


@dataclass
class Till:
    """Posts a step to a card; `total` is what the model says of what is there and what is held."""

    ctx: Context
    clock: StoppedClock
    card: LedgerCard
    total: int = 0
    expired: int = 0
    made: list[tuple[str, str, int, int]] = field(default_factory=list)

    async def step(self, kind: str, amount: int, which: int) -> None:
        self.clock.advance(hours=7)
        if kind == "expire":
            await expire_lots(self.ctx)
            over = await Posting.filter(card_id=self.card.id, kind=PostingKind.EXPIRE)
            self.total -= sum(each.amount for each in over) - self.expired
            self.expired = sum(each.amount for each in over)
        elif kind == "repeat":
            await self._again(which)
        else:
            await self._posted(kind, amount, which)
        state = await read_state(self.card.id)
        assert state.available + state.held == self.total
        assert min(state.available, state.held) >= 0
        assert sum(lot.remains for lot in state.lots) == state.available

    async def _again(self, which: int) -> None:
        if self.made:
            key, kind, amount, first = self.made[which % len(self.made)]
            again = await self._call(kind, key, amount, which)
            assert (again.id, again.new) == (first, False)

    async def _posted(self, kind: str, amount: int, which: int) -> None:
        before, key = await read_state(self.card.id), f"k{next(_keys)}"
        try:
            posted = await self._call(kind, key, amount, which)
        except Refusal:
            assert await read_state(self.card.id) == before
            return
        if kind in {"accrue", "spend"}:
            self.made.append((key, kind, amount, posted.id))
        self.total += await self._change(kind, posted)

    async def _change(self, kind: str, posted: Posted) -> int:
        if kind == "reverse":
            reversed_ = await Posting.get(id=(await Posting.get(id=posted.id)).of_id)
            return -posted.amount if reversed_.kind is PostingKind.ACCRUE else posted.amount
        return SIGNS[kind] * posted.amount

    async def _call(self, kind: str, key: str, amount: int, which: int) -> Posted:
        one, part = (self.ctx, self.card), 0 if which % 2 else amount
        if kind in PLAIN:
            return await PLAIN[kind](*one, amount, key, "")
        if kind == "correct":
            return await correct(*one, amount if which % 2 else -amount, key, "")
        of = await self._some(kind, which)
        if kind == "release":
            return await release(*one, of, key, "")
        return await (capture if kind == "capture" else reverse)(*one, of, part, key, "")

    async def _some(self, kind: str, which: int) -> int:
        """The id of something that it may be about."""
        found = Posting.filter(card_id=self.card.id, kind__in=ABOUT[kind]).order_by("id")
        ids = [posting.id for posting in await found]
        return ids[which % len(ids)] if ids else 0


async def play(steps: list[tuple[str, int, int]], ctx: Context, clock: StoppedClock) -> None:
    program = await ledger_program(f"p{next(_keys)}", {"lot_days": 3})
    till = Till(ctx, clock, await card_of(ctx, program))
    for step in steps:
        await till.step(*step)
    wrong = [each.wrong() async for each in sums() if each.card_id == till.card.id]
    assert wrong in ([], [[]])


SOME = settings(max_examples=15, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=1500, suppress_health_check=list(HealthCheck))


def on_sqlite(path: Path, ctx: Context, clock: StoppedClock, examples: settings) -> None:
    url = sqlite.create_database(path / "karman.db", migrated=True)
    with asyncio.Runner() as runner:
        runner.run(connect(url))

        @examples
        @given(STEPS)
        def plays(steps: list[tuple[str, int, int]]) -> None:
            runner.run(play(steps, ctx, clock))

        try:
            plays()
        finally:
            runner.run(disconnect())


def test_sums_stay_exact(tmp_path: Path, ctx: Context, clock: StoppedClock) -> None:
    on_sqlite(tmp_path, ctx, clock, SOME)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_sums_stay_exact_for_long(tmp_path: Path, ctx: Context, clock: StoppedClock) -> None:
    on_sqlite(tmp_path, ctx, clock, MANY)
