"""What takes an hour: `make test-long`. Every file that hostile people can think of, their cards in
a database, and somebody else who only wants to show a card."""

import asyncio
import os
import secrets
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from backend.cards.exchange.import_cards import import_cards
from backend.cards.pocket.wallet import wallet_in_order
from backend.exchange.archive import write_archive
from backend.exchange.shapes import ExchangeCard, FileRefused, Imported
from backend.platform.context import Context
from backend.reading.reader import Reader
from models.customer import Customer
from models.offer import Offer
from tests.fuzz.campaign import campaign, draw
from tests.fuzz.sent import Sent
from tests.reading import hostile_files as hostile
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(0),
    pytest.mark.parametrize("engine", ["sqlite"]),
]

FILES = int(os.environ.get("KARMAN_TEST_FILES", "100000"))
SENDERS = 20
SLOWEST_TAP = 1.0
MEGABYTE = 1024 * 1024


class House:
    """Somebody who looks at a wallet, gets a card and sees its picture, again and again."""

    def __init__(self, ctx: Context, anna: Customer, offer: Offer) -> None:
        self._ctx, self._anna, self._offer = ctx, anna, offer
        self._ids: Iterator[int] = count(1_000)

    async def tap(self) -> None:
        """One thing at a time, as one tap does; a whole application counts as one as well."""
        number = next(self._ids)
        if number % 20 == 0:
            await self.issue(number)
        elif number % 2:
            await wallet_in_order(self._ctx, self._anna)
        else:
            await draw()

    async def slowest(self, taps: int) -> float:
        """Of so many, with nothing else to do."""
        slowest = 0.0
        for _ in range(taps):
            began = time.monotonic()
            await self.tap()
            slowest = max(slowest, time.monotonic() - began)
        return slowest

    async def issue(self, number: int) -> None:
        outcomes = await issued(self._ctx, await someone(self._ctx, number), [self._offer])
        assert outcomes[0].card is not None


@pytest.fixture
async def house(database: str, ctx: Context) -> House:
    anna = await someone(ctx, 1)
    cards = [ExchangeCard(f"Лавка {n}", f"{n}", f"{n}") for n in range(250)]
    await import_cards(ctx, anna, Imported("csv", cards))
    offer = await make_offer(await make_program(await make_account(), numbers=9_000))
    return House(ctx, anna, offer)


async def test_a_hundred_thousand_files(house: House, ctx: Context, tmp_path: Path) -> None:
    senders = [await someone(ctx, 100 + number) for number in range(SENDERS)]
    before, alone = _on_disk(tmp_path), await house.slowest(100)

    async def keep(file: Sent, found: Imported) -> None:
        if file.number % 10 == 0:
            found.cards = found.cards[:50]
            await import_cards(ctx, senders[file.number % SENDERS], found)

    outcome = await campaign(secrets.randbelow(1 << 31), FILES, keep=keep, tap=house.tap)
    grown = (_on_disk(tmp_path) - before) // MEGABYTE
    told = f"{outcome.told()}\nalone a tap took {alone:.3f} s at most; database grew by {grown} MB"
    print(told)  # noqa: T201  the figures are what the series is for
    assert (outcome.bugs, outcome.late) == ([], []), told
    assert max(outcome.taps) < SLOWEST_TAP, told
    assert outcome.memory_kb[1] - outcome.memory_kb[0] < 300 * 1024, told
    assert grown < 20 * SENDERS, told


async def test_eight_accounts_with_heavy_files_do_not_stop_a_card(house: House) -> None:
    heavy = heavy_export()
    stop = time.monotonic() + 40
    answers: list[str] = []

    async def send(reader: Reader, who: int) -> None:
        while time.monotonic() < stop:
            try:
                found = await reader.cards(heavy, who=who)
                answers.append(f"{len(found.cards)} cards")
            except FileRefused as refused:
                answers.append(refused.code)

    slowest, cards = 0.0, 0
    async with Reader() as reader:
        attack = [asyncio.create_task(send(reader, who)) for who in range(8)]
        await asyncio.sleep(2)
        while time.monotonic() < stop:
            began = time.monotonic()
            await house.issue(5_000 + cards)
            await draw()
            slowest, cards = max(slowest, time.monotonic() - began), cards + 1
        for each in attack:
            each.cancel()
        await asyncio.gather(*attack, return_exceptions=True)
    print(f"{cards} cards issued, the slowest in {slowest:.2f} s; {answers}")  # noqa: T201
    assert cards > 40
    assert slowest < SLOWEST_TAP


def heavy_export() -> bytes:
    """Pictures of 24 megapixels that pack to little: seconds of work each."""
    picture = hostile.png_bomb(6_000, 4_000)
    rows = "".join(f"{number},Shop,{number}\r\n" for number in range(40))
    entries = {f"card_{number}_front.png": picture for number in range(40)}
    return write_archive({"catima.csv": f"_id,store,cardid\r\n{rows}".encode(), **entries})


def _on_disk(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
