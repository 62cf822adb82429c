"""Weeks pass: what nobody needs any more is gone, what somebody needs is there."""

from datetime import timedelta

import pytest

from backend.cards.issue.apply import apply_for
from backend.customers.contacts.save_contact import save_contact
from backend.customers.my_data.delete_data import delete_data
from backend.outbox.tidy import tidy
from backend.platform.context import Context
from backend.platform.settings import Settings, load_settings
from backend.worker.keep_private import forget_all
from models.application import Application, ApplicationStatus
from models.card import Card
from models.card_finding import CardFinding, NumberTry
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.evidence import Evidence
from models.outbox import OutboxDelivery, OutboxEvent
from models.telegram_update import TelegramUpdate
from models.verification import Verification
from tests.support.clock import StoppedClock
from tests.support.factory.brands import NAME, PHONE, make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def settings() -> Settings:
    return load_settings()


async def test_raw_updates_go_after_six_days_waiting_ones_never(
    ctx: Context, clock: StoppedClock, settings: Settings
) -> None:
    old, new = clock() - timedelta(days=7), clock() - timedelta(days=5)
    for number, handled in enumerate((old, new, None)):
        await TelegramUpdate.create(
            bot_id=7, update_id=number, lane=1, payload=b"sealed", received_at=old,
            handled_at=handled, error="set aside",
        )  # fmt: skip
    assert (await forget_all(ctx, settings))["updates"] == 1
    assert [left.update_id for left in await TelegramUpdate.all().order_by("id")] == [1, 2]


async def test_a_thousand_and_one_rows_go_in_batches(
    ctx: Context, clock: StoppedClock, settings: Settings
) -> None:
    old = clock() - timedelta(days=30)
    await TelegramUpdate.bulk_create(
        [
            TelegramUpdate(
                bot_id=7, update_id=n, lane=0, payload=b"", received_at=old, handled_at=old
            )
            for n in range(1001)
        ]
    )
    assert (await forget_all(ctx, settings))["updates"] == 1001
    assert not await TelegramUpdate.exists()


async def test_an_abandoned_application_forgets_what_was_typed(
    ctx: Context, clock: StoppedClock, settings: Settings
) -> None:
    offer = await make_offer(await make_program(await make_account(), fields=(NAME,)))
    anna = await someone(ctx, 1)
    left = await apply_for(ctx, anna, [offer.id], typed_numbers={offer.brand_id: "00012345"})
    await Application.filter(id=left.id).update(answers=b"sealed", choices={"1": {}})
    clock.advance(days=29)
    assert (await forget_all(ctx, settings))["applications"] == 0
    clock.advance(days=2)
    assert (await forget_all(ctx, settings))["applications"] == 1
    after = await Application.get()
    assert after.status is ApplicationStatus.DROPPED
    assert (after.answers, after.typed_numbers, after.choices) == (None, {}, {})


async def test_numbers_typed_for_a_card_do_not_stay_in_the_application(
    ctx: Context, clock: StoppedClock, settings: Settings
) -> None:
    anna = await someone(ctx, 1)
    await Application.create(
        customer=anna, status=ApplicationStatus.DONE, offer_ids=[1],
        typed_numbers={"1": "00012345"}, created_at=clock(), updated_at=clock(),
    )  # fmt: skip
    clock.advance(days=31)
    assert (await forget_all(ctx, settings))["typed_numbers"] == 1
    assert (await Application.get()).typed_numbers == {}


async def test_contacts_without_a_card_go_those_with_one_stay(
    ctx: Context, clock: StoppedClock, settings: Settings
) -> None:
    """Анна got a card, Борис left his phone and never came back, Вера is still at it."""
    program = await make_program(await make_account(), fields=(NAME, PHONE), numbers=2)
    offer = await make_offer(program)
    anna, boris, vera = [await someone(ctx, number) for number in (1, 2, 3)]
    answers = {"given_name": "Анна", "phone": "+79161234567"}
    await issued(ctx, anna, [offer], answers=answers)
    for person, phone in ((boris, "+79161234568"), (vera, "+79161234569")):
        await save_contact(ctx, person, ContactKind.PHONE, phone, verified_by="telegram")
    clock.advance(days=31)
    await apply_for(ctx, vera, [offer.id])
    gone = await forget_all(ctx, settings)
    assert (gone["contacts"], gone["contacts_kept"]) == (1, 1)
    assert await Card.all().count() == 1
    left = [contact.customer_id for contact in await Contact.all().order_by("id")]
    assert left == [anna.id, vera.id]
    assert [each.kept for each in await Contact.all().order_by("id")] == [True, False]
    clock.advance(days=62)
    gone = await forget_all(ctx, settings)
    assert (gone["contacts"], gone["contacts_kept"]) == (1, 0), "Вера gave up"
    assert [contact.customer_id for contact in await Contact.all()] == [anna.id]


async def test_attempts_to_prove_a_contact_go_after_two_days(
    ctx: Context, clock: StoppedClock, settings: Settings
) -> None:
    anna = await someone(ctx, 1)
    for days in (3, 1):
        at = clock() - timedelta(days=days)
        await Verification.create(
            customer=anna, kind=ContactKind.PHONE, how="sms", sealed=b"sealed", state="used",
            blind_index="f" * 64, created_at=at, expires_at=at,
        )  # fmt: skip
    assert (await forget_all(ctx, settings))["attempts"] == 1
    assert await Verification.all().count() == 1


async def test_evidence_goes_when_no_claim_can_follow(
    ctx: Context, clock: StoppedClock, settings: Settings
) -> None:
    anna = await someone(ctx, 1)
    await delete_data(ctx, anna.id)
    clock.advance(days=1000)
    assert (await forget_all(ctx, settings))["evidence"] == 0
    clock.advance(days=100)
    assert (await forget_all(ctx, settings))["evidence"] == 1
    assert not await Evidence.exists()
    assert await Customer.filter(id=anna.id).exists(), "consent records refer to it"


async def test_done_outbox_rows_go(ctx: Context, clock: StoppedClock) -> None:
    old = clock() - timedelta(days=20)
    event = await OutboxEvent.create(kind="CardIssued", payload={}, at=old, fanned_out_at=old)
    await OutboxDelivery.create(event=event, reaction="welcome", available_at=old, done_at=old)
    assert await tidy(clock() - timedelta(days=14)) == 1
    assert not await OutboxDelivery.exists()


async def test_cards_that_were_shown_and_never_added_go(
    ctx: Context, clock: StoppedClock, settings: Settings
) -> None:
    mila = await someone(ctx, 1)
    for days in (8, 2):
        then = clock() - timedelta(days=days)
        await CardFinding.create(customer_id=mila.id, sealed=b"sealed", created_at=then)
        await NumberTry.create(customer_id=mila.id, tried_at=then + timedelta(days=1, hours=12))
    done = await forget_all(ctx, settings)
    assert (done["findings"], done["tries"]) == (1, 1)
    assert (await CardFinding.all().count(), await NumberTry.all().count()) == (1, 1)
