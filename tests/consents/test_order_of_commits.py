"""Two processes whose clocks differ: the later answer counts, whatever their clocks say."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from backend.cards.issue.application import current_application
from backend.cards.issue.issue_cards import issue_cards
from backend.cards.pocket.wallet import remove_card
from backend.consents import states
from backend.consents.gate import may_send
from backend.consents.standing_answers import standing_answers
from backend.consents.states import differences
from backend.customers.choices.allow_advertising import allow_advertising
from backend.customers.choices.mend_states import mend_states
from backend.customers.choices.stop_advertising import stop_advertising
from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from backend.platform.context import Context
from models.card import Card
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_record import ConsentAction, ConsentRecord
from models.consent_state import ConsentState
from models.customer import Customer
from models.message_purpose import MessagePurpose
from models.offer import Offer
from models.program import Program
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import Agreed, agreed
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import applied, issued
from tests.support.factory.customers import someone

pytestmark = pytest.mark.usefixtures("database")
CLOCKS = pytest.mark.parametrize("hours", [2, -2], ids=["ahead", "behind"])


@pytest.fixture
async def offer() -> Offer:
    return await make_offer(await make_program(await make_account(), numbers=5))


def beside(ctx: Context, hours: float) -> Context:
    """The same deployment, another process, its clock off by so many hours."""
    return replace(ctx, clock=StoppedClock(ctx.clock() + timedelta(hours=hours)))


async def allowed(ctx: Context, person: Customer, offer: Offer, channel: str = "telegram") -> bool:
    return await may_send(ctx.clock(), person.id, offer.brand_id, channel, MessagePurpose.PROMO)


async def differing() -> list[str]:
    account_id = (await ConsentDocument.all().order_by("id").first()).account_id  # type: ignore[union-attr]
    return [f"{each.subject} {each.stands}" async for each in differences(account_id)]


@CLOCKS
async def test_a_no_after_a_yes_of_another_clock(ctx: Context, offer: Offer, hours: int) -> None:
    """Анна takes the card with advertising, removes it and takes it again without."""
    anna = await someone(ctx, 1)
    await issued(beside(ctx, hours), anna, [offer], channels=("telegram",))
    assert await allowed(ctx, anna, offer)
    await remove_card(ctx, anna, (await Card.get()).id)
    await issued(ctx, anna, [offer])
    assert not await allowed(ctx, anna, offer)
    assert await differing() == []


@CLOCKS
async def test_a_yes_after_a_withdrawal_of_another_clock(
    ctx: Context, offer: Offer, hours: int
) -> None:
    """Борис withdraws, agrees again, and can withdraw again: each is a record of its own."""
    boris = await someone(ctx, 2)
    await issued(beside(ctx, hours), boris, [offer], channels=("telegram",))
    account_id = (await ConsentDocument.filter(purpose="personal_data").first()).account_id  # type: ignore[union-attr]
    await withdraw_personal_data(beside(ctx, hours), boris, account_id)
    await issued(ctx, boris, [offer])
    stands = [
        s for s in await standing_answers(boris.id) if s.purpose is ConsentPurpose.PERSONAL_DATA
    ]
    assert [each.granted for each in stands] == [True]
    gone = await withdraw_personal_data(ctx, boris, account_id)
    assert len(gone) == 1
    withdrawn = ConsentRecord.filter(
        action=ConsentAction.WITHDRAWN, document__purpose=ConsentPurpose.PERSONAL_DATA
    )
    assert await withdrawn.count() == 2
    assert await differing() == []


@CLOCKS
async def test_new_cards_of_one_controller(ctx: Context, offer: Offer, hours: int) -> None:
    """A second card of the same controller, made by the statement that issues: its «no» is the
    newest word about the brands on its screen."""
    anna = await someone(ctx, 1)
    await issued(beside(ctx, hours), anna, [offer], channels=("telegram", "email"))
    program = await Program.get().select_related("account")
    second = await make_offer(await make_program(program.account, "second", numbers=2), "second")
    await issued(ctx, anna, [second], channels=("email",))
    assert not await allowed(ctx, anna, second)
    assert await allowed(ctx, anna, second, "email")
    assert await differing() == []


async def test_switching_at_one_moment_leaves_every_record(ctx: Context) -> None:
    """On and off and on while the clock stands still (or was put back): nothing is swallowed."""
    anna = await agreed(ctx, channels=())
    ads = await ConsentDocument.get(purpose=ConsentPurpose.ADVERTISING, language="ru")
    for _ in range(2):
        await allow_advertising(ctx, anna.customer, anna.brand.id, ads.id, "sms")
        await stop_advertising(ctx, anna.customer.id, brand_id=anna.brand.id)
    said = await ConsentRecord.filter(document_id=ads.id).order_by("id")
    assert [record.action.value for record in said] == [
        "declined", "granted", "withdrawn", "granted", "withdrawn",
    ]  # fmt: skip


async def test_a_repeated_answer_undoes_nothing(ctx: Context, offer: Offer) -> None:
    """Two cards of one controller on one screen; between them the person says no by a letter's
    link. The second card repeats the answer of the screen, which is older."""
    program = await Program.get().select_related("account")
    second = await make_offer(await make_program(program.account, "second", numbers=2), "second")
    anna = await someone(ctx, 1)
    await applied(ctx, anna, [offer, second], channels=("telegram",))
    current = await current_application(ctx, anna)
    await issue_cards(ctx, anna, replace(current, offers=current.offers[:1]))
    await stop_advertising(ctx, anna.id, brand_id=second.brand_id)
    await issue_cards(ctx, anna, current)
    assert await Card.filter(customer_id=anna.id).count() == 2
    assert not await allowed(ctx, anna, second)
    assert await differing() == []


async def test_answers_at_once_stand_as_the_newest_record_says(ctx: Context) -> None:
    anna = await agreed(ctx, channels=())
    ads = await ConsentDocument.get(purpose=ConsentPurpose.ADVERTISING, language="ru")

    async def on(channel: str, hours: float) -> None:
        await allow_advertising(beside(ctx, hours), anna.customer, anna.brand.id, ads.id, channel)

    async def off(hours: float) -> None:
        await stop_advertising(beside(ctx, hours), anna.customer.id)

    await asyncio.gather(
        *(on(("telegram", "email", "sms")[n % 3], 2 - n % 5) for n in range(6)),
        *(off(n % 5 - 2) for n in range(6)),
    )
    assert await differing() == []


async def damaged(ctx: Context) -> Agreed:
    """As an earlier version left it: the record says no, the state says yes."""
    anna = await agreed(ctx, channels=())
    await ConsentState.filter(purpose=ConsentPurpose.ADVERTISING, channel="telegram").update(
        granted=True
    )
    await ConsentState.filter(purpose=ConsentPurpose.PERSONAL_DATA).update(granted=False)
    return anna


async def test_people_are_compared_page_by_page(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five people on pages of two; one state without any record, one record without a state."""
    monkeypatch.setattr(states, "PEOPLE", 2)
    anna = await agreed(ctx, channels=("sms",))
    at = (anna.account, anna.program, anna.brand)
    people = [anna, *[await agreed(ctx, at, channels=("sms",)) for _ in range(3)]]
    stranger = await someone(ctx, 5)
    await ConsentState.filter(customer_id=anna.customer.id, channel="sms").update(
        customer_id=stranger.id
    )
    assert await differing() == [
        f"('advertising', {anna.brand.id}, 'sms') None",
        f"('advertising', {anna.brand.id}, 'sms') True",
    ]
    await mend_states(ctx, anna.account.id, stranger.id)
    await mend_states(ctx, anna.account.id, people[0].customer.id)
    assert await differing() == []


async def test_damaged_states_are_told_and_mended(ctx: Context) -> None:
    anna = await damaged(ctx)
    at = (anna.account, anna.program, anna.brand)
    whole = await agreed(ctx, at, customer=await someone(ctx, 5))
    names = await differing()
    assert len(names) == 2
    for name in ("('advertising', ", "('personal_data', "):
        assert any(each.startswith(name) for each in names)
    assert len(await mend_states(ctx, anna.account.id, anna.customer.id)) == 2
    assert await differing() == []
    assert await mend_states(ctx, anna.account.id, anna.customer.id) == []
    assert len([s for s in await standing_answers(whole.customer.id) if s.granted]) == 4
    channels = {s.channel for s in await standing_answers(anna.customer.id) if s.granted}
    assert channels == {""}, "the documents of the card, no advertising"
