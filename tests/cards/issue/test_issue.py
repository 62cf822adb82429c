"""Numbers, cards and consents: what the database holds after people have tapped."""

import asyncio

import pytest

from backend.cards.issue.application import current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.issue_cards import issue_cards
from backend.cards.pocket.wallet import cards_in_wallet, remove_card
from backend.platform.context import Context
from models.card import Card, CardOrigin, CardStatus
from models.consent_document import ConsentPurpose
from models.consent_record import ConsentAction, ConsentRecord
from models.consent_state import ConsentState
from models.outbox import OutboxEvent
from models.pool_number import NumberStatus, PoolNumber
from models.program import Program, ProgramStatus
from models.refusal import Code, Refusal
from tests.support.factory.brands import NAME, PHONE, make_account, make_offer, make_program
from tests.support.factory.cards import applied, consented, issued
from tests.support.factory.customers import someone
from tests.support.factory.documents import make_document

pytestmark = pytest.mark.usefixtures("database")

PEOPLE, NUMBERS = 200, 150


async def test_two_hundred_people_tap_for_a_hundred_and_fifty_numbers(ctx: Context) -> None:
    """150 cards with 150 different numbers, 50 polite refusals, nothing else."""
    program = await make_program(await make_account(), numbers=NUMBERS)
    offer = await make_offer(program)
    people = [await someone(ctx, 1000 + n) for n in range(PEOPLE)]
    journeys = []
    for person in people:
        await applied(ctx, person, [offer])
        journeys.append(await current_application(ctx, person))

    outcomes = await asyncio.gather(
        *(issue_cards(ctx, p, j) for p, j in zip(people, journeys, strict=True))
    )

    refusals = [o[0].refusal.code for o in outcomes if o[0].refusal is not None]
    assert refusals == [Code.POOL_EMPTY] * (PEOPLE - NUMBERS)
    cards = await Card.all()
    assert len(cards) == NUMBERS
    assert len({card.barcode_value for card in cards}) == NUMBERS
    assert await PoolNumber.filter(status=NumberStatus.ISSUED).count() == NUMBERS
    assert await OutboxEvent.filter(kind="CardIssued").count() == NUMBERS
    # Who got no card has left no consent behind.
    assert await ConsentRecord.all().count() == 3 * NUMBERS


async def test_who_issues_several_before_the_bot_is_told_by_the_bot_alone(ctx: Context) -> None:
    """The event says of every card that its owner has it on the screen."""
    account = await make_account()
    offers = [
        await make_offer(await make_program(account, key=key, numbers=1), key) for key in ("a", "b")
    ]
    vera = await someone(ctx, 31)
    await applied(ctx, vera, offers)
    outcomes = await issue_cards(ctx, vera, await current_application(ctx, vera), shown=True)
    assert [outcome.new for outcome in outcomes] == [True, True]
    events = await OutboxEvent.filter(kind="CardIssued")
    assert [event.payload["shown"] for event in events] == [True, True]


async def test_ten_taps_of_one_person_make_one_card(ctx: Context) -> None:
    program = await make_program(await make_account(), numbers=20)
    offer = await make_offer(program)
    boris = await someone(ctx, 1)
    await applied(ctx, boris, [offer])
    current = await current_application(ctx, boris)

    outcomes = await asyncio.gather(*(issue_cards(ctx, boris, current) for _ in range(10)))

    card = await Card.get()
    assert {o[0].card.id for o in outcomes if o[0].card} == {card.id}
    assert [o[0].new for o in outcomes].count(True) == 1
    assert await PoolNumber.filter(status=NumberStatus.ISSUED).count() == 1
    assert await ConsentRecord.all().count() == 3
    assert await OutboxEvent.filter(kind="CardIssued").count() == 1


async def test_consents_are_recorded_as_they_were_answered(ctx: Context) -> None:
    """Вера takes advertising by Telegram only; Глеб takes none: his «no» is evidence too."""
    program = await make_program(await make_account(), numbers=5)
    offer = await make_offer(program)
    vera, gleb = await someone(ctx, 1), await someone(ctx, 2)
    await issued(ctx, vera, [offer], channels=("telegram",))
    await issued(ctx, gleb, [offer])

    ads = await ConsentRecord.filter(document__purpose="advertising").order_by("id")
    assert [(r.action, r.channels) for r in ads] == [
        (ConsentAction.GRANTED, ["telegram"]),
        (ConsentAction.DECLINED, []),
    ]
    granted = await ConsentState.filter(customer_id=vera.id, purpose="advertising", granted=True)
    assert [(s.subject_id, s.channel) for s in granted] == [(offer.brand_id, "telegram")]
    assert not await ConsentState.exists(customer_id=gleb.id, purpose="advertising", granted=True)


async def test_two_brands_of_one_account_ask_once_and_make_two_cards(ctx: Context) -> None:
    account = await make_account()
    coffee = await make_offer(await make_program(account, "coffee", numbers=3), "coffee")
    bakery = await make_offer(await make_program(account, "bakery", numbers=3), "bakery")
    dasha = await someone(ctx, 1)

    outcomes = await issued(ctx, dasha, [coffee, bakery], channels=("email",))

    assert [o.new for o in outcomes] == [True, True]
    purposes = [
        r.document.purpose.value for r in await ConsentRecord.all().select_related("document")
    ]
    assert sorted(purposes) == [
        "advertising",
        "personal_data",
        "program_terms",
        "program_terms",
    ]


async def test_several_cards_each_succeed_or_are_refused_on_their_own(ctx: Context) -> None:
    full = await make_offer(await make_program(await make_account("a"), "a", numbers=3), "a")
    scarce = await make_program(await make_account("b"), "b", numbers=1)
    empty = await make_offer(scarce, "b")
    olga = await someone(ctx, 1)
    await applied(ctx, olga, [full, empty])
    assert (await issued(ctx, await someone(ctx, 2), [empty]))[0].card, "the last number"
    outcomes = await issue_cards(ctx, olga, await current_application(ctx, olga))
    assert outcomes[0].card is not None
    assert outcomes[1].refusal is not None
    assert outcomes[1].refusal.code is Code.POOL_EMPTY


async def test_answers_become_the_sealed_profile(ctx: Context) -> None:
    program = await make_program(await make_account(), fields=(PHONE, NAME), numbers=3)
    offer = await make_offer(program)
    eva = await someone(ctx, 1)
    answers = {"phone": "+79161234567", "given_name": "ева"}
    await issued(ctx, eva, [offer], answers=answers)
    await eva.refresh_from_db()
    assert eva.profile is not None
    assert "Ева".encode() not in eva.profile
    other = await make_offer(
        await make_program(await make_account("x"), "x", fields=(PHONE, NAME), numbers=1), "x"
    )
    application = await apply_for(ctx, eva, [other.id])
    assert application.questions == [], "what is known is never asked again, for any brand"


async def test_program_paused_while_the_person_was_typing(ctx: Context) -> None:
    program = await make_program(await make_account(), numbers=3)
    offer = await make_offer(program)
    zoya = await someone(ctx, 1)
    await applied(ctx, zoya, [offer])
    await Program.filter(id=program.id).update(status=ProgramStatus.PAUSED)
    outcome = (await issue_cards(ctx, zoya, await current_application(ctx, zoya)))[0]
    assert outcome.refusal is not None
    assert outcome.refusal.code is Code.PROGRAM_PAUSED


async def test_without_a_tick_there_is_no_card(ctx: Context) -> None:
    offer = await make_offer(await make_program(await make_account(), numbers=3))
    igor = await someone(ctx, 1)
    await apply_for(ctx, igor, [offer.id])
    with pytest.raises(Refusal) as refused:
        await issue_cards(ctx, igor, await current_application(ctx, igor))
    assert refused.value.code is Code.CONSENT_REQUIRED
    assert await Card.all().count() == 0


async def test_a_removed_card_comes_back_with_its_number(ctx: Context) -> None:
    offer = await make_offer(await make_program(await make_account(), numbers=3))
    kira = await someone(ctx, 1)
    first = (await issued(ctx, kira, [offer]))[0].card
    assert first is not None
    await remove_card(ctx, kira, first.id)
    assert await cards_in_wallet(kira) == []
    again = (await issued(ctx, kira, [offer]))[0]
    assert again.card is not None
    assert (again.card.id, again.card.status) == (first.id, CardStatus.ACTIVE)
    assert again.card.barcode_value == first.barcode_value


async def test_a_typed_number_is_bound_once(ctx: Context) -> None:
    """Лев types the number of his plastic; Мила types the same and is refused."""
    rule = {"format": "code128", "mask": "PLASTIC#"}
    program = await make_program(await make_account(), numbers=1, recognition=[rule])
    offer = await make_offer(program)
    lev, mila = await someone(ctx, 1), await someone(ctx, 2)
    for person in (lev, mila):
        await applied(ctx, person, [offer])
        current = await current_application(ctx, person)
        current.application.typed_numbers = {str(program.id): "PLASTIC7"}
        await current.application.save()
    outcome = (await issue_cards(ctx, lev, await current_application(ctx, lev)))[0]
    assert outcome.card is not None
    assert outcome.card.origin is CardOrigin.DUPLICATED
    refused = (await issue_cards(ctx, mila, await current_application(ctx, mila)))[0].refusal
    assert refused is not None
    assert refused.code is Code.NUMBER_TAKEN


async def test_a_pool_number_that_somebody_carries_already_is_set_aside(ctx: Context) -> None:
    """The pool was loaded with a number that Лев had brought in as plastic."""
    program = await make_program(await make_account(), numbers=2)
    offer = await make_offer(program)
    first = await PoolNumber.all().order_by("id").first()
    assert first is not None
    lev = await someone(ctx, 1)
    await Card.create(
        customer_id=lev.id,
        program_id=program.id,
        printed_number=first.printed_number,
        barcode_value=first.barcode_value,
        barcode_format=program.barcode_format,
        origin=CardOrigin.DUPLICATED,
        created_at=ctx.clock(),
    )
    card = (await issued(ctx, await someone(ctx, 2), [offer]))[0].card
    assert card is not None
    assert card.barcode_value != first.barcode_value
    await first.refresh_from_db()
    assert first.status is NumberStatus.QUARANTINED


async def test_a_card_that_comes_back_tells_of_its_consents(ctx: Context) -> None:
    """No second CardIssued: nothing was issued. The new consents reach the chain all the same."""
    offer = await make_offer(await make_program(await make_account(), numbers=2))
    nina = await someone(ctx, 1)
    card = (await issued(ctx, nina, [offer]))[0].card
    assert card is not None
    await remove_card(ctx, nina, card.id)
    await issued(ctx, nina, [offer])
    kinds = await OutboxEvent.all().order_by("id").values_list("kind", flat=True)
    assert [str(kind) for kind in kinds][-3:] == ["CardIssued", "CardRemoved", "ConsentAnswered"]


async def test_a_document_replaced_before_the_last_tap_is_asked_again(ctx: Context) -> None:
    """Олег has ticked version 1 when version 2 comes into force: he sees it, and every answer
    that he gave is still there."""
    account = await make_account()
    program = await make_program(account, fields=(NAME,), numbers=1)
    offer = await make_offer(program)
    oleg = await someone(ctx, 1)
    await applied(ctx, oleg, [offer], answers={"given_name": "Олег"})
    await make_document(account, ConsentPurpose.PERSONAL_DATA, version=2)

    refused = (await issue_cards(ctx, oleg, await current_application(ctx, oleg)))[0].refusal
    assert refused is not None
    assert refused.code is Code.DOCUMENT_CHANGED
    assert await Card.all().count() == 0

    current = await current_application(ctx, oleg)
    assert current.answers["given_name"] == "Олег"
    await consented(ctx, oleg)
    assert (await issue_cards(ctx, oleg, await current_application(ctx, oleg)))[0].card is not None
    personal = await ConsentRecord.get(document__purpose="personal_data")
    assert (await personal.document).version == 2
