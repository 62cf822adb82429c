"""One card under every spelling a scanner has for it, and refusals that say why."""

from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import pytest

from backend.cards.plastic.fitting import as_plastic, plastic_example
from backend.cards.plastic.plastic_number import PlasticNumber, check_number
from backend.cards.plastic.recognise import spelled
from backend.cards.plastic.seen_card import SeenCard
from backend.cards.plastic.whose_number import Whose, settle_owner, whose_card
from backend.customers.contacts.save_contact import save_contact
from backend.platform.context import Context
from catalog.recognition import Rule
from models.barcode_format import BarcodeFormat
from models.contact import ContactKind
from models.pool_number import PoolNumber
from models.program import Program
from models.refusal import Code, Refusal
from tests.support.factory.brands import PHONE, make_account, make_offer, make_program
from tests.support.factory.customers import someone
from tests.support.factory.documents import THEN
from tests.support.pictures.plastic import issued_plastic

EAN13, UPCA, CODE128 = BarcodeFormat.EAN13, BarcodeFormat.UPCA, BarcodeFormat.CODE128
NUMBER = "+79161234567"


async def club(**more: Any) -> Program:
    rule = Rule(CODE128, prefix="CLUB-", length=6, example="CLUB-7").to_json()
    program = await make_program(await make_account(), "club", **{"recognition": [rule], **more})
    await make_offer(program)
    return program


async def refused(call: Awaitable[object]) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        await call
    return refusal.value


def test_a_seen_card_is_a_number_with_the_barcode_that_was_read() -> None:
    seen = SeenCard("0042", "A0042B", "codabar")
    assert seen.scanned() == PlasticNumber("0042", "A0042B", BarcodeFormat.CODABAR)
    assert SeenCard("0042").scanned() == PlasticNumber("0042")


def test_upc_a_is_an_ean_13_that_begins_with_zero() -> None:
    """036000291452, whichever of the two a scanner says."""
    upc = spelled(PlasticNumber("036000291452", "036000291452", UPCA))
    assert upc[EAN13] == {"0036000291452"}
    assert "036000291452" in upc[UPCA]
    ean = spelled(PlasticNumber("0036000291452", "0036000291452", EAN13))
    assert ean[UPCA] == {"036000291452"}
    assert "0036000291452" in ean[EAN13]
    assert [*spelled(PlasticNumber("4006381333931", "4006381333931", EAN13))] == [EAN13]
    assert [*spelled(PlasticNumber("0042", "0042", CODE128))] == [CODE128]


def test_a_typed_number_counts_in_capitals_too_and_a_wrong_one_as_it_is() -> None:
    assert spelled(PlasticNumber("club-7")) == {None: {"club-7", "CLUB-7"}}
    assert spelled(PlasticNumber("1", "12345", EAN13)) == {EAN13: {"12345"}}
    assert PlasticNumber("7", "12345", EAN13).spelled(CODE128) == {"7", "12345"}
    assert PlasticNumber("club-7").spelled(CODE128) == {"club-7"}


def test_a_number_survives_its_json_and_that_of_earlier_days() -> None:
    for number in (PlasticNumber("7", "A7B", BarcodeFormat.CODABAR), PlasticNumber("7")):
        assert PlasticNumber.of_json(number.to_json()) == number
    assert PlasticNumber("7").to_json() == {"number": "7"}
    assert PlasticNumber.of_json("CLUB-7") == PlasticNumber("CLUB-7")


@pytest.mark.usefixtures("database")
async def test_what_no_barcode_can_carry_is_refused_with_the_reason() -> None:
    program = await club(barcode_format=EAN13)
    with pytest.raises(Refusal) as refusal:
        check_number(program, PlasticNumber("12345"))
    assert refusal.value.code is Code.INVALID_NUMBER
    assert refusal.value.details["reason"] not in ("", "None")
    check_number(program, PlasticNumber("4006381333931"))
    check_number(program, PlasticNumber("7", "A0042B", BarcodeFormat.CODABAR))


@pytest.mark.usefixtures("database")
async def test_what_looks_like_no_card_of_the_program_is_unlike(ctx: Context) -> None:
    program = await club()
    for shown in (PlasticNumber("CLUB-77"), PlasticNumber("Шуба-7")):
        refusal = await refused(as_plastic(ctx, program, shown))
        assert (refusal.code, refusal.details) == (Code.INVALID_NUMBER, {"reason": "unlike"})
    assert await as_plastic(ctx, program, PlasticNumber("club-7")) == PlasticNumber(
        "CLUB-7", format=CODE128
    )
    assert await plastic_example(program) == "CLUB-7"
    bare = await make_program(await make_account("other"), "other")
    assert await plastic_example(bare) == ""
    anna = await someone(ctx, 1)
    refusal = await refused(settle_owner(ctx, anna, program, PlasticNumber("SHOP-7")))
    assert (refusal.code, refusal.details) == (Code.INVALID_NUMBER, {"reason": "unlike"})


@pytest.mark.usefixtures("database")
async def test_a_number_of_the_pool_that_nobody_got_is_no_plastic(ctx: Context) -> None:
    program = await club()
    await PoolNumber.create(
        program_id=program.id, printed_number="CLUB-7", barcode_value="CLUB-7", changed_at=THEN
    )
    refusal = await refused(
        settle_owner(ctx, await someone(ctx, 1), program, PlasticNumber("CLUB-7"))
    )
    assert (refusal.code, refusal.details) == (Code.INVALID_NUMBER, {"reason": "not_issued"})


@pytest.mark.usefixtures("database")
async def test_who_has_proven_nothing_may_go_on_where_a_phone_is_asked_later(
    ctx: Context, tmp_path: Path
) -> None:
    """Bound to a phone: the questionnaire will ask for it. Bound to an e-mail, or when no phone
    is asked, or when another phone is proven already: somebody else's."""
    program = await club(fields=(PHONE,))
    await issued_plastic(ctx, tmp_path, "club", f"CLUB-1;{NUMBER};", "CLUB-2;;boris@example.ru")
    anna = await someone(ctx, 1)
    assert await whose_card(ctx, anna, program, PlasticNumber("CLUB-1")) == (
        Whose.ASK,
        frozenset(),
    )
    refusal = await refused(whose_card(ctx, anna, program, PlasticNumber("CLUB-2")))
    assert refusal.code is Code.NUMBER_BOUND
    program.questionnaire = []
    refusal = await refused(whose_card(ctx, anna, program, PlasticNumber("CLUB-1")))
    assert refusal.code is Code.NUMBER_BOUND

    await program.refresh_from_db()
    await save_contact(ctx, anna, ContactKind.PHONE, "+79990000000", verified_by="telegram")
    refusal = await refused(whose_card(ctx, anna, program, PlasticNumber("CLUB-1")))
    assert refusal.code is Code.NUMBER_BOUND
