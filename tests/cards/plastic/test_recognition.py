"""Which program a barcode fits: rules, and what the pool gives away."""

import pytest

from backend.cards.plastic.fitting import as_plastic
from backend.cards.plastic.plastic_number import PlasticNumber
from backend.cards.plastic.recognise import brands_for
from backend.cards.plastic.seen_card import SeenCard
from backend.cards.plastic.whose_number import settle_owner
from backend.exchange.symbologies import guessed
from backend.platform.context import Context
from catalog.recognition import Check, Rule, rule_from_json
from models.barcode_format import BarcodeFormat
from models.offer import Offer, OfferStatus
from models.pool_number import PoolNumber
from models.program import Program, ProgramStatus
from models.refusal import Refusal
from tests.support.clock import StoppedClock
from tests.support.database.counting import statements
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.customers import someone
from tests.support.factory.documents import THEN

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


async def test_only_the_first_four_digits_of_a_pool_are_the_brands(
    ctx: Context, database: str
) -> None:
    """A small pool shares seven digits by chance; older plastic of the brand shares four."""
    program = await make_program(await make_account(), "club")
    await make_offer(program, "club")
    for number in ("77010001", "77010002"):
        await PoolNumber.create(
            program_id=program.id, printed_number=number, barcode_value=number, changed_at=THEN
        )
    assert await names(ctx, "77015555") == ["club"]
    assert await names(ctx, "77025555") == []


async def test_a_paused_program_is_not_recognised(ctx: Context, database: str) -> None:
    """Neither by a rule of its pack nor by its pool: nobody can bring a card of it in now."""
    account = await make_account()
    rule = Rule(CODE128, prefix="7701").to_json()
    for key, rules in (("ruled", [rule]), ("pooled", [])):
        program = await make_program(account, key, recognition=rules)
        await make_offer(program, key)
        await PoolNumber.create(
            program_id=program.id, printed_number=key, barcode_value="77010001", changed_at=THEN
        )
    assert await names(ctx, "77010001") == ["pooled", "ruled"]
    await Program.all().update(status=ProgramStatus.PAUSED)
    assert await names(ctx, "77010001") == []


async def test_the_more_particular_rule_comes_first(ctx: Context, database: str) -> None:
    account = await make_account()
    for key, prefix in (("wide", "7"), ("narrow", "7701")):
        program = await make_program(account, key)
        await Program.filter(id=program.id).update(
            recognition=[Rule(CODE128, prefix=prefix).to_json()]
        )
        await make_offer(program, key)
    assert await names(ctx, "77015555") == ["narrow", "wide"]


async def test_without_a_rule_nothing_fits(ctx: Context, database: str) -> None:
    """Neither an empty pool, nor one whose numbers share nothing, nor a brand without plastic."""
    account = await make_account()
    await make_offer(await make_program(account, "empty"), "empty")
    mixed = await make_program(account, "mixed")
    for number in ("1000", "2000"):
        await PoolNumber.create(
            program_id=mixed.id, printed_number=number, barcode_value=number, changed_at=THEN
        )
    await make_offer(mixed, "mixed")
    rule = Rule(CODE128, prefix="LOYAL").to_json()
    await make_offer(
        await make_program(account, "digital", plastic=False, recognition=[rule]), "digital"
    )
    for value in ("LOYAL-12345678", "1500", "77771234"):
        assert await names(ctx, value) == []
        assert await brands_for(ctx, SeenCard(value)) == []


async def test_a_program_without_a_rule_takes_no_text(ctx: Context, database: str) -> None:
    program = await make_program(await make_account(), "empty")
    ruled = await make_program(
        await make_account("lavka"),
        "ruled",
        barcode_format=BarcodeFormat.EAN13,
        recognition=[Rule(CODE128, mask="BV####").to_json()],
    )
    for each, typed in ((program, "abc"), (ruled, "abc"), (ruled, "нету карты у меня")):
        with pytest.raises(Refusal, match="invalid_number"):
            await as_plastic(ctx, each, PlasticNumber(typed))
    assert await as_plastic(ctx, ruled, PlasticNumber("bv1234")) == PlasticNumber(
        "BV1234", format=CODE128
    )
    with pytest.raises(Refusal, match="invalid_number"):
        await settle_owner(ctx, await someone(ctx, 1), program, PlasticNumber("abc"))


async def test_a_photo_costs_the_same_among_many_offers(ctx: Context, database: str) -> None:
    account = await make_account()
    rule = Rule(CODE128, prefix="BV").to_json()
    offer = await make_offer(await make_program(account, "first", recognition=[rule]), "first")
    await make_offer(await make_program(account, "old"), "old")
    seen = SeenCard("BV12874376", "BV12874376", "code128")
    assert len(await brands_for(ctx, seen)) == 1, "the rules are in memory from here on"
    async with statements() as few:
        await brands_for(ctx, seen)
    more = [
        Offer(
            brand_id=offer.brand_id,
            key=f"more-{number}",
            benefit_ru="Кофе",
            benefit_en="Coffee",
            terms_ru="",
            terms_en="",
            everywhere=True,
            status=OfferStatus.PUBLISHED,
        )
        for number in range(300)
    ]
    await Offer.bulk_create(more)
    for number in range(10):
        key = f"club-{number}"
        await make_offer(await make_program(account, key), key)
    async with statements() as many:
        assert [one.offer_id for one in await brands_for(ctx, seen)] == [offer.id]
    assert len(many) == len(few) == 1


async def test_a_new_rule_is_noticed_within_half_a_minute(
    ctx: Context, clock: StoppedClock, database: str
) -> None:
    program = await make_program(await make_account(), "first")
    await make_offer(program, "first")
    assert await names(ctx, "BV12874376") == []
    program.recognition = [Rule(CODE128, prefix="BV").to_json()]
    await program.save()
    assert await names(ctx, "BV12874376") == [], "what is in memory"
    clock.advance(seconds=31)
    assert await names(ctx, "BV12874376") == ["first"]
    program.recognition = []
    await program.save()
    ctx.rules.forget()
    assert await names(ctx, "BV12874376") == []


async def names(ctx: Context, value: str) -> list[str]:
    found = await brands_for(ctx, SeenCard(value, value, "code128"))
    return [one.brand.key for one in found]


def test_what_a_typed_number_looks_like() -> None:
    assert guessed("4006381333931") == "EAN_13"
    assert guessed("4006381333932") == "CODE_128"
    assert guessed("036000291452") == "UPC_A"
    assert guessed("Карта 1") == "QR_CODE"
