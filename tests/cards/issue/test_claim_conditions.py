"""What changes between the screen and the last tap: the claim notices, and says which it was."""

from datetime import timedelta

import pytest

from backend.cards.issue.application import current_application
from backend.cards.issue.issue_cards import issue_cards
from backend.platform.context import Context
from models.application import Application, ApplicationStatus
from models.card import Card
from models.consent_document import ConsentPurpose
from models.consent_record import ConsentRecord
from models.contact import Contact
from models.customer import Customer
from models.offer import Offer, OfferStatus
from models.pool_number import NumberStatus, PoolNumber
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.factory.brands import PHONE, make_account, make_offer, make_program
from tests.support.factory.cards import applied
from tests.support.factory.customers import someone
from tests.support.factory.documents import make_document

pytestmark = pytest.mark.usefixtures("database")
ANSWERS = {"phone": "+79161234567"}


@pytest.fixture
async def offer() -> Offer:
    program = await make_program(await make_account(), fields=(PHONE,), numbers=3)
    return await make_offer(program)


@pytest.fixture
async def anna(ctx: Context, offer: Offer) -> Customer:
    """Анна has answered and agreed; the last tap is to come."""
    person = await someone(ctx, 1)
    await applied(ctx, person, [offer], answers=ANSWERS)
    return person


async def refusal_of(ctx: Context, person: Customer) -> Code:
    outcome = (await issue_cards(ctx, person, await current_application(ctx, person)))[0]
    assert outcome.refusal is not None
    return outcome.refusal.code


async def nothing_happened() -> bool:
    """No card, no consent, no number gone."""
    used = await PoolNumber.exclude(status=NumberStatus.FREE).count()
    return not (used or await Card.all().count() or await ConsentRecord.all().count())


async def test_the_card_closes_its_application(ctx: Context, anna: Customer) -> None:
    outcome = (await issue_cards(ctx, anna, await current_application(ctx, anna)))[0]
    application = await Application.get()
    assert (application.status, application.answers) == (ApplicationStatus.DONE, None)
    assert outcome.card is not None
    stored = await Card.get()
    for column in Card._meta.fields_db_projection:
        assert getattr(outcome.card, column) == getattr(stored, column), column


@pytest.mark.parametrize("purpose", [ConsentPurpose.PERSONAL_DATA, ConsentPurpose.ADVERTISING])
async def test_a_document_was_replaced(
    ctx: Context, anna: Customer, offer: Offer, purpose: ConsentPurpose
) -> None:
    account = (await current_application(ctx, anna)).controllers[0]
    await make_document(account, purpose, version=2)
    assert await refusal_of(ctx, anna) is Code.DOCUMENT_CHANGED
    assert await nothing_happened()


async def test_another_programs_terms_and_later_versions_do_not_matter(
    ctx: Context, anna: Customer
) -> None:
    account = (await current_application(ctx, anna)).controllers[0]
    other = await make_program(account, "other")
    await make_document(account, ConsentPurpose.PROGRAM_TERMS, other, version=2)
    soon = ctx.clock() + timedelta(seconds=1)
    await make_document(account, ConsentPurpose.PERSONAL_DATA, version=2, effective_from=soon)
    outcome = (await issue_cards(ctx, anna, await current_application(ctx, anna)))[0]
    assert outcome.new


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": OfferStatus.PAUSED}, Code.OFFER_ENDED),
        ({"status": OfferStatus.DRAFT}, Code.OFFER_NOT_FOUND),
        ({"ends_at": StoppedClock().now}, Code.OFFER_ENDED),
    ],
)
async def test_the_offer_is_over(
    ctx: Context, anna: Customer, offer: Offer, change: dict[str, object], code: Code
) -> None:
    await Offer.filter(id=offer.id).update(**change)
    assert await refusal_of(ctx, anna) is code
    assert await nothing_happened()


async def test_a_lost_phone_is_asked_again_and_nothing_typed_is_lost(
    ctx: Context, anna: Customer
) -> None:
    """Somebody else has proven Анна's number meanwhile."""
    await Contact.filter(customer_id=anna.id).update(verified_at=None)
    with pytest.raises(Refusal) as refused:
        await issue_cards(ctx, anna, await current_application(ctx, anna))
    assert (refused.value.code, refused.value.details) == (
        Code.ANSWERS_MISSING,
        {"field": "phone"},
    )
    assert (await Application.get()).status is ApplicationStatus.OPEN
    assert await nothing_happened()
