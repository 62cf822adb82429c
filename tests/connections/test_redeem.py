"""Анна types a promo code for her card; whether it is good is for the shop's system to say."""

from decimal import Decimal

import pytest

from backend.cards.plastic.tries import MOST_TRIES
from backend.connections.ask_card import news_of_card
from backend.connections.redeem import LONGEST, redeem
from backend.partners.member import Balance, Given
from backend.partners.processor import Ability
from backend.platform.context import Context
from backend.platform.failures import TryLater
from models.account import Account
from models.card import Card
from models.card_finding import NumberTry
from models.connection import Connection, PartnerMember, TellingState
from models.customer import Customer
from models.refusal import Code, Refusal
from tests.connections.test_issue import one_round
from tests.connections.test_telling import member
from tests.support.edge.strict_cdp import OpenedCdp, StrictCdp
from tests.support.factory.brands import NAME, PHONE, make_offer, make_program

Held = tuple[Customer, Card]


@pytest.fixture
async def held(asking: Context, romashka: Account, connection: Connection) -> Held:
    program = await make_program(
        romashka, "club", fields=(NAME, PHONE), numbers=5, connection_id=connection.id
    )
    anna, card = await member(asking, await make_offer(program, "club"), 1)
    return anna, await Card.get(id=card.id).select_related("program")


async def refused(ctx: Context, held: Held, text: str, kind: Given = Given.PROMO_CODE) -> Code:
    with pytest.raises(Refusal) as refusal:
        await redeem(ctx, *held, kind, text)
    return refusal.value.code


async def test_a_code_is_taken_once_and_its_balance_shows(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp, held: Held
) -> None:
    await one_round(worker, opened)
    cdp.codes = {"SUMMER"}
    await redeem(asking, *held, Given.PROMO_CODE, " SUMMER ")
    await redeem(asking, *held, Given.PROMO_CODE, "SUMMER")
    assert (await PartnerMember.get()).state is TellingState.WAITING
    cdp.balances[held[1].barcode_value] = Balance(Decimal(100))
    await Card.all().update(balance_at=None)
    await one_round(worker, opened)
    assert (await Card.get()).balance == Decimal(100)


async def test_what_is_no_code_does_not_reach_them(
    asking: Context, cdp: StrictCdp, held: Held
) -> None:
    before = cdp.asked.count("redeem")
    for text in ("", "   ", "x" * (LONGEST + 1), "a\nb", "\x00"):
        assert await refused(asking, held, text) is Code.PROMO_REFUSED
    assert cdp.asked.count("redeem") == before


async def test_guessing_ends_soon_and_silence_costs_nothing(
    asking: Context, cdp: StrictCdp, held: Held
) -> None:
    await NumberTry.all().delete()
    cdp.before = [TryLater("away")]
    assert await refused(asking, held, "GUESS") is Code.TRY_LATER
    assert not await NumberTry.exists()
    for number in range(MOST_TRIES):
        assert await refused(asking, held, f"GUESS{number}") is Code.PROMO_REFUSED
    assert await refused(asking, held, "GUESS") is Code.TOO_MANY_TRIES


async def test_only_what_they_take_is_offered(asking: Context, cdp: StrictCdp, held: Held) -> None:
    assert (await news_of_card(asking, *held)).takes == set(Given)
    cdp.abilities = cdp.abilities - {Ability.RECEIPT}
    assert (await news_of_card(asking, *held)).takes == {Given.PROMO_CODE}
    assert await refused(asking, held, "t=20261128&s=100", Given.RECEIPT) is Code.PROMO_REFUSED
