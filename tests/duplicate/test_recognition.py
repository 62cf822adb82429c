"""Which program a barcode fits: rules, and what the pool gives away."""

import pytest

from backend.cards.finding import Finding
from backend.cards.recognise import brands_for, guess_format
from backend.platform.context import Context
from catalog.recognition import Check, Rule, rule_from_json
from models.barcode_format import BarcodeFormat
from models.pool_number import PoolNumber
from models.program import Program
from tests.support.shop import THEN, make_account, make_offer, make_program

CODE128 = BarcodeFormat.CODE128


@pytest.mark.parametrize(
    ("rule", "value", "fits"),
    [
        (Rule(CODE128, prefix="LV"), "LV-1", True),
        (Rule(CODE128, prefix="LV"), "KV-1", False),
        (Rule(CODE128, length=4), "LV-12", False),
        (Rule(CODE128, mask="@@-##*"), "LV-12?", True),
        (Rule(CODE128, mask="@@-##*"), "LV-1x?", False),
        (Rule(CODE128, check=Check.LUHN), "79927398713", True),
        (Rule(CODE128, check=Check.LUHN), "79927398710", False),
        (Rule(CODE128, check=Check.GS1), "4006381333931", True),
        (Rule(CODE128, check=Check.GS1), "4006381333932", False),
        (Rule(CODE128, check=Check.GS1), "LV", False),
    ],
)
def test_a_rule(rule: Rule, value: str, fits: bool) -> None:
    assert rule.fits(CODE128, value) is fits
    assert not rule.fits(BarcodeFormat.QR, value)
    assert rule_from_json(rule.to_json()) == rule


async def test_the_pool_gives_the_beginning_and_the_length(ctx: Context, database: str) -> None:
    account = await make_account()
    program = await make_program(account, "club")
    await make_offer(program, "club")
    for number in ("77010001", "77019999"):
        await PoolNumber.create(
            program_id=program.id, printed_number=number, barcode_value=number, changed_at=THEN
        )
    assert await names(ctx, "77015555") == ["club"]
    assert await names(ctx, "770155551") == []
    assert await names(ctx, "66015555") == []


async def test_the_more_particular_rule_comes_first(ctx: Context, database: str) -> None:
    account = await make_account()
    for key, prefix in (("wide", "7"), ("narrow", "7701")):
        program = await make_program(account, key)
        await Program.filter(id=program.id).update(
            recognition=[Rule(CODE128, prefix=prefix).to_json()]
        )
        await make_offer(program, key)
    assert await names(ctx, "77015555") == ["narrow", "wide"]


async def names(ctx: Context, value: str) -> list[str]:
    found = await brands_for(ctx, Finding(value, value, "code128"))
    return [one.offer.brand.key for one in found]


def test_what_a_typed_number_looks_like() -> None:
    assert guess_format("4006381333931") is BarcodeFormat.EAN13
    assert guess_format("4006381333932") is CODE128
    assert guess_format("036000291452") is BarcodeFormat.UPCA
    assert guess_format("Карта 1") is BarcodeFormat.QR
