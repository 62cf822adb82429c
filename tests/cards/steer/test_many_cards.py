"""What stands on many cards comes in by a file; deleted people's cards and other programs' stay."""

from decimal import Decimal

import pytest

from backend.platform.context import Context
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.customer import Customer
from models.job import JobForm, JobKind
from models.program import ProcessorKind, Program
from tests.jobs.conftest import House, make_house, wrong_lines
from tests.support.factory.customers import someone

FIELDS = [
    {"key": "visits", "label": {"ru": "Визиты", "en": "Visits"}, "type": "number"},
    {"key": "next", "label": {"ru": "Дальше", "en": "Next"}, "type": "date"},
]


@pytest.fixture
async def house(database: str, ctx: Context) -> House:
    house = await make_house(ctx)
    house.program.card_fields = FIELDS
    await house.program.save()
    for number in range(1, 4):
        await give(house, await someone(ctx, number), f"A {number}")
    return house


async def give(house: House, owner: Customer, printed: str) -> Card:
    return await Card.create(
        customer=owner, program=house.program, printed_number=printed, origin=CardOrigin.ISSUED,
        barcode_value=printed.replace(" ", ""), barcode_format=BarcodeFormat.CODE128,
        created_at=house.ctx.clock(),
    )  # fmt: skip


async def stands(number: str) -> tuple[Decimal | None, str, dict[str, str]]:
    card = await Card.get(printed_number=number)
    return card.balance, card.tier, card.own_fields


async def test_balances_tiers_and_fields(house: House) -> None:
    text = (
        "number;balance;tier;visits;next\n"
        "A 1;120;gold;12.5;2027-03-05\n"
        "A2;;;3;\n"
        "A 9;1;;;\n"
        "A 3;x;;;\n"
        "A 3;;;;05.03.2027\n"
    )
    job = await house.worked(JobKind.CARDS, text)
    assert (job.done, job.bad) == (2, 3)
    assert await wrong_lines(job) == {
        4: "no card has this number",
        5: "balance is 'x'",
        6: "next is '05.03.2027'",
    }
    assert await stands("A 1") == (Decimal(120), "gold", {"visits": "12.5", "next": "2027-03-05"})
    assert await stands("A 2") == (None, "", {"visits": "3"})
    line = '{"number": "A1", "balance": 7.5, "visits": 13}\n{"number": "A1", "balance": -0.1}\n'
    job = await house.worked(JobKind.CARDS, line, form=JobForm.LINES)
    assert (job.done, job.bad) == (2, 0)
    balance, tier, fields = await stands("A 1")
    assert (balance, tier) == (Decimal("-0.10"), "gold"), "the last line about a card holds"
    assert fields == {"visits": "12.5", "next": "2027-03-05"}
    assert (await Card.get(printed_number="A 1")).balance_at == house.ctx.clock()


async def test_nothing_is_written_on_what_a_deleted_person_had(house: House) -> None:
    card = await Card.get(printed_number="A 1")
    await Customer.filter(id=card.customer_id).update(deleted_at=house.ctx.clock())
    job = await house.worked(JobKind.CARDS, "number;balance\nA 1;5\nA 2;5\n")
    assert await wrong_lines(job) == {2: "no card has this number"}
    assert (await stands("A 1"))[0] is None


async def test_another_program_s_cards_are_not_there(house: House, ctx: Context) -> None:
    other = await make_house(ctx, "vasilek")
    await give(other, await someone(ctx, 9), "B 1")
    job = await house.worked(JobKind.CARDS, "number;balance\nB 1;5\nB1;5\n")
    assert (job.done, job.bad) == (0, 2)
    assert (await stands("B 1"))[0] is None


async def test_the_ledger_keeps_its_own(house: House) -> None:
    await Program.filter(id=house.program.id).update(processor=ProcessorKind.LEDGER)
    job = await house.worked(JobKind.CARDS, "number;balance;visits\nA 1;5;\nA 2;;7\n")
    assert await wrong_lines(job) == {2: "the built-in ledger keeps what stands here"}
    assert (await stands("A 2"))[2] == {"visits": "7"}
