"""The brand's system hangs or fails while Анна brings her plastic in: nothing is half written."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.cards.issue.application import current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.issue_cards import issue_cards
from backend.cards.plastic.plastic_number import PlasticNumber
from backend.cards.plastic.whose_number import whose_card
from backend.platform.context import Context
from backend.platform.failures import Failure, NeedsSettings, TryLater
from catalog.recognition import Rule
from models.application import Application, ApplicationStatus
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.card_finding import NumberTry
from models.consent_record import ConsentRecord
from models.offer import Offer
from models.outbox import OutboxEvent
from models.program import Program
from models.refusal import Code, Refusal
from tests.support.edge.strict_partner import StrictPartner
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import consented
from tests.support.factory.customers import someone

NUMBER = "CLUB-1"


@pytest.fixture
def partner() -> StrictPartner:
    return StrictPartner({NUMBER})


@pytest.fixture
def ctx(ctx: Context, partner: StrictPartner) -> Context:
    return replace(ctx, processors=partner)


async def club(key: str = "club") -> tuple[Program, Offer]:
    rule = Rule(BarcodeFormat.CODE128, prefix="CLUB-").to_json()
    program = await make_program(
        await make_account(key), key, processor="partner", recognition=[rule], numbers=3
    )
    return program, await make_offer(program, key)


async def nothing_written() -> bool:
    return not any(
        [
            await Card.exists(),
            await ConsentRecord.exists(),
            await OutboxEvent.exists(kind="CardIssued"),
        ]
    )


@pytest.mark.parametrize(
    ("trouble", "seconds"),
    [
        (None, 60),
        (TryLater("away"), 60),
        (TryLater("away", timedelta(seconds=600)), 600),
        (NeedsSettings("no key"), 60),
    ],
)
async def test_asked_whose_card_it_is(
    ctx: Context, database: str, partner: StrictPartner, trouble: Failure | None, seconds: int
) -> None:
    """Nobody learnt anything, so the try is not counted."""
    (program, _), anna = await club(), await someone(ctx, 1)
    partner.silent, partner.trouble = trouble is None, [trouble] if trouble else []
    for _ in range(1 if trouble else 2):
        with pytest.raises(Refusal) as refused:
            await whose_card(ctx, anna, program, PlasticNumber(NUMBER))
        assert (refused.value.code, refused.value.details) == (Code.TRY_LATER, {"seconds": seconds})
    assert not await NumberTry.exists()
    partner.silent = False
    await whose_card(ctx, anna, program, PlasticNumber(NUMBER))
    assert await NumberTry.all().count() == 1


async def test_at_the_last_tap_everything_waits(
    ctx: Context, database: str, partner: StrictPartner
) -> None:
    program, offer = await club()
    anna = await someone(ctx, 1)
    await apply_for(ctx, anna, [offer.id], typed_numbers={program.id: PlasticNumber(NUMBER)})
    await consented(ctx, anna)
    for silent in (True, False):
        partner.silent = silent
        partner.trouble = [] if silent else [TryLater("away")]
        (outcome,) = await issue_cards(ctx, anna, await current_application(ctx, anna))
        assert outcome.refusal is not None
        assert outcome.refusal.code is Code.TRY_LATER
        assert await nothing_written()
        standing = await Application.get()
        assert standing.status is ApplicationStatus.OPEN
        assert list(standing.choices) == [str(program.account_id)], "what was agreed to stays"
    (outcome,) = await issue_cards(ctx, anna, await current_application(ctx, anna))
    assert outcome.card is not None
    assert (outcome.card.barcode_value, outcome.card.origin) == (NUMBER, CardOrigin.DUPLICATED)
    assert (await Application.get()).status is ApplicationStatus.DONE
    assert await ConsentRecord.all().count() == 3, "written once"


async def test_of_several_cards_the_others_are_made(
    ctx: Context, database: str, partner: StrictPartner
) -> None:
    """The second tap finds those that were made, and makes the one that was left."""
    slow, first = await club("slow")
    quick = await make_program(await make_account("quick"), "quick", numbers=2)
    second = await make_offer(quick, "quick")
    anna = await someone(ctx, 1)
    given = {slow.id: PlasticNumber(NUMBER)}
    await apply_for(ctx, anna, [first.id, second.id], typed_numbers=given)
    await consented(ctx, anna)
    partner.trouble = [TryLater("away")]
    waits, made = await issue_cards(ctx, anna, await current_application(ctx, anna))
    assert waits.refusal is not None
    assert made.card is not None
    assert (await Application.get()).status is ApplicationStatus.OPEN
    late, again = await issue_cards(ctx, anna, await current_application(ctx, anna))
    assert late.card is not None
    assert again.card is not None
    assert (again.card.id, again.new) == (made.card.id, False)
    assert await Card.all().count() == 2
    assert (await Application.get()).status is ApplicationStatus.DONE
