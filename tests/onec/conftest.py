"""«Лавка» with a 1С of its own: a key, a program, and a person who carries a card."""

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any, NamedTuple

import aiohttp
import pytest

from backend.access.issue_key import KeyOrder, issue_key
from backend.access.rights import Right
from backend.jobs.work_piece import work_piece
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from backend.platform.settings import Settings
from backend.web.run import listening
from models.account import Account
from models.card import Card
from models.customer import Customer
from models.program import Program
from tests.support.factory.brands import NAME, make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone

CARDS = "/exchange/1c/cards"
SALES = "/exchange/1c/sales"
RIGHTS = (Right.CARDS_READ, Right.CARDS_WRITE, Right.CUSTOMERS_READ)


class House(NamedTuple):
    ctx: Context
    account: Account
    program: Program
    anna: Customer
    card: Card

    async def work(self) -> None:
        while await work_piece(self.ctx):
            pass


@pytest.fixture
async def house(database: str, ctx: Context) -> House:
    account = await make_account("lavka")
    program = await make_program(account, "lavka-card", fields=(NAME,), numbers=5)
    offer = await make_offer(program, "lavka")
    anna = await someone(ctx, 1)
    (outcome,) = await issued(ctx, anna, [offer], answers={"given_name": "Анна"})
    assert outcome.card is not None
    return House(ctx, account, program, anna, outcome.card)


async def key_of(ctx: Context, account: Account, *rights: Right) -> str:
    order = KeyOrder(account.id, "1С", frozenset(rights))
    return (await issue_key(ctx.acting(OPERATOR, CLI), order)).text


class Onec(NamedTuple):
    """Asks as HTTPСоединение does."""

    session: aiohttp.ClientSession

    async def get(self, path: str, **query: Any) -> Any:
        async with self.session.get(path, params=query) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def post(self, path: str, data: bytes, kind: str = "text/csv", **query: str) -> Any:
        headers = {"Content-Type": kind}
        async with self.session.post(
            path, data=BytesIO(data), headers=headers, params=query
        ) as answer:
            return answer.status, await answer.json(content_type=None)


@pytest.fixture
async def onec(house: House, ctx: Context) -> AsyncIterator[Onec]:
    key = await key_of(ctx, house.account, *RIGHTS)
    headers = {"Authorization": aiohttp.encode_basic_auth("lavka-card", key)}
    async with (
        listening(Settings(listen="127.0.0.1:0"), ctx) as address,
        aiohttp.ClientSession(address, headers=headers) as session,
    ):
        yield Onec(session)
