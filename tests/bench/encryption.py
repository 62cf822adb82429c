"""What sealing and the blind index cost per card, beside the issue itself on PostgreSQL.

One client, one card after the other, on a server with fsync and default durability. Counted is
all that a new person's way to a card takes: a data key, phone and e-mail sealed and indexed,
answers sealed and opened, and the profile; and apart from that what happens between the last
tap and the commit alone.
"""

import asyncio
import time
from collections.abc import Callable
from functools import partial

import uvloop

from backend.cards.issue.application import current_application
from backend.cards.issue.issue_cards import issue_cards
from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from backend.platform.migrate import migrate
from models.customer import Customer
from tests.bench.harness import Report, alternate
from tests.bench.parts.queue import fill, new_context
from tests.bench.parts.scratch import scratch
from tests.support.database import postgres

NAME = "encryption"
DATABASE = "bench_encryption"
ROUND, ROUNDS = 150, 5
PEOPLE = ROUND * (ROUNDS + 1)
AIM = 0.05
PROFILE = {
    "given_name": "Евлампия", "surname": "Крузенштерн", "patronymic": "Дормидонтовна",
    "gender": "female", "birth_date": "1987-03-24", "city": "kazan", "_skipped": [],
}  # fmt: skip


def run(report: Report) -> None:
    with scratch(), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        ctx = new_context()
        desk = runner.run(opened(ctx))
        work = {"way": whole_way(ctx), "tap": last_tap(ctx)}
        measures: dict[str, Callable[[], float]] = {"issue": lambda: runner.run(desk.round())}
        measures |= {name: partial(timed, each) for name, each in work.items()}
        for warm_up in measures.values():
            warm_up()
        took = alternate(measures, ROUNDS)
        runner.run(disconnect())
    for name, figure in (("way", "a new person's whole way"), ("tap", "in the issue itself")):
        against = "limit one card issued on PostgreSQL"
        report.add(
            f"sealing, {figure}", took[name], "µs", against=against, theirs=took["issue"],
            aim=AIM, aim_is="at most",
        )  # fmt: skip


def timed(work: Callable[[], object], times: int = 500) -> float:
    """Microseconds per call."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times * 1e6


def last_tap(ctx: Context) -> Callable[[], object]:
    """Answers opened, the old profile opened, the new one sealed."""
    vault = ctx.vault
    key = vault.new_data_key()
    answers = vault.seal_json(key, PROFILE, "application.answers")
    profile = vault.seal_json(key, PROFILE, "customer.profile")

    def work() -> None:
        vault.open_json(key, answers, "application.answers")
        known = vault.open_json(key, profile, "customer.profile")
        vault.seal_json(key, known, "customer.profile")

    return work


def whole_way(ctx: Context) -> Callable[[], object]:
    """Every answer is kept as it is given."""
    vault, tap = ctx.vault, last_tap(ctx)

    def work() -> None:
        key = vault.new_data_key()
        for kind, value in (("phone", "+79161234567"), ("email", "evlampia@example.ru")):
            vault.blind_index(kind, value)
            vault.seal_json(key, value, f"contact.{kind}")
        for _ in PROFILE:
            sealed = vault.seal_json(key, PROFILE, "application.answers")
            vault.open_json(key, sealed, "application.answers")
        tap()

    return work


async def opened(ctx: Context) -> "OneByOne":
    server = postgres.lasting_server_url()
    await postgres.admin(f"CREATE DATABASE {DATABASE}", server)
    await migrate(f"{server}/{DATABASE}")
    await connect(f"{server}/{DATABASE}")
    await fill(ctx, PEOPLE)
    return OneByOne(ctx, await Customer.all().order_by("id"))


class OneByOne:
    def __init__(self, ctx: Context, people: list[Customer]) -> None:
        self.ctx, self.people, self.served = ctx, people, 1

    async def round(self) -> float:
        """Microseconds per card."""
        queue = self.people[self.served : self.served + ROUND]
        self.served += ROUND
        ready = [(person, await current_application(self.ctx, person)) for person in queue]
        start = time.perf_counter()
        for person, current in ready:
            outcome = (await issue_cards(self.ctx, person, current))[0]
            assert outcome.new, outcome.refusal
        return (time.perf_counter() - start) / len(ready) * 1e6
