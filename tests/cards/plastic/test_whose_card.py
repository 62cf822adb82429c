"""Whose plastic it is, on the use cases: spellings, races, lists, the hour."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from backend.cards.plastic.plastic_number import PlasticNumber
from backend.cards.plastic.tries import MOST_TRIES, count_try
from backend.cards.plastic.whose_number import Whose, whose_card
from backend.customers.contacts.save_contact import save_contact
from backend.platform.context import Context
from catalog.pack.problems import PackRefused
from catalog.recognition import Rule
from models.barcode_format import BarcodeFormat
from models.card_finding import NumberTry
from models.contact import ContactKind
from models.program import Program, UnknownNumbers
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.customers import someone
from tests.support.pictures.plastic import issued_plastic

PHONE = "+79161234567"


async def club(**more: Any) -> Program:
    rule = Rule(more.get("barcode_format", BarcodeFormat.CODE128), prefix="CLUB-")
    more = {"recognition": [rule.to_json()], **more}
    program = await make_program(await make_account(), "club", **more)
    await make_offer(program)
    return program


async def test_a_verified_e_mail_is_proof_as_well(
    ctx: Context, database: str, tmp_path: Path
) -> None:
    program, anna = await club(), await someone(ctx, 1)
    await issued_plastic(ctx, tmp_path, "club", "CLUB-1;+79990000000;anna@Example.ru")
    await save_contact(ctx, anna, ContactKind.EMAIL, "anna@example.ru")
    with pytest.raises(Refusal, match="number_bound"):
        await whose_card(ctx, anna, program, PlasticNumber("CLUB-1"))
    await save_contact(ctx, anna, ContactKind.EMAIL, "anna@example.ru", verified_by="link")
    assert await whose_card(ctx, anna, program, PlasticNumber("CLUB-1")) == (
        Whose.MINE,
        frozenset({"email"}),
    )


async def test_a_free_card_and_an_unknown_one(ctx: Context, database: str, tmp_path: Path) -> None:
    """Without a list there is nothing to compare with; the program may say otherwise."""
    program, anna = await club(), await someone(ctx, 1)
    assert (await whose_card(ctx, anna, program, PlasticNumber("CLUB-9")))[0] is Whose.FREE
    await issued_plastic(ctx, tmp_path, "club", "CLUB-1;;")
    assert (await whose_card(ctx, anna, program, PlasticNumber("CLUB-1")))[0] is Whose.FREE
    with pytest.raises(Refusal, match="number_unknown"):
        await whose_card(ctx, anna, program, PlasticNumber("CLUB-9"))
    program.unknown_numbers = UnknownNumbers.ACCEPT
    assert (await whose_card(ctx, anna, program, PlasticNumber("CLUB-9")))[0] is Whose.FREE


@pytest.mark.parametrize(
    ("listed", "of", "read", "value"),
    [
        ("036000291452", BarcodeFormat.UPCA, BarcodeFormat.EAN13, "0036000291452"),
        ("03600029145", BarcodeFormat.UPCA, BarcodeFormat.UPCA, "036000291452"),
        ("128275834", BarcodeFormat.CODABAR, BarcodeFormat.CODABAR, "B128275834C"),
    ],
)
async def test_scanners_spell_the_same_card_differently(
    ctx: Context,
    database: str,
    tmp_path: Path,
    listed: str,
    of: BarcodeFormat,
    read: BarcodeFormat,
    value: str,
) -> None:
    program, anna = await club(barcode_format=of), await someone(ctx, 1)
    await save_contact(ctx, anna, ContactKind.PHONE, PHONE, verified_by="telegram")
    await issued_plastic(ctx, tmp_path, "club", f"{listed};8 916 123-45-67;")
    shown = PlasticNumber(value, value, read)
    assert (await whose_card(ctx, anna, program, shown))[0] is Whose.MINE


async def test_tries_at_once_are_counted_one_by_one(
    ctx: Context, database: str, clock: StoppedClock
) -> None:
    anna = await someone(ctx, 1)
    tries = [count_try(ctx, anna) for _ in range(MOST_TRIES + 5)]
    ended = await asyncio.gather(*tries, return_exceptions=True)
    refused = [one for one in ended if isinstance(one, Refusal)]
    assert [one.code for one in refused] == [Code.TOO_MANY_TRIES] * 5
    assert len({one for one in ended if isinstance(one, int)}) == MOST_TRIES
    clock.advance(hours=1)
    await count_try(ctx, anna)
    assert await NumberTry.all().count() == 1


async def test_a_list_with_a_mistake_changes_nothing(
    ctx: Context, database: str, tmp_path: Path
) -> None:
    await club()
    with pytest.raises(PackRefused) as refused:
        await issued_plastic(ctx, tmp_path, "club", "CLUB-1;12999;", ";+79990000000;")
    lines = [problem.line for problem in refused.value.problems]
    assert lines == [2, 3]
    assert "12999" not in str(refused.value), "a report is no place for people's numbers"
