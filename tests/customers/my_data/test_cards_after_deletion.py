"""Numbers of a deleted person: issued ones are nobody's, plastic goes back to its drawer."""

import orjson
import pytest

from backend.cards.issue.application import current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.issue_cards import issue_cards
from backend.customers.contacts.save_contact import save_contact
from backend.customers.my_data.delete_data import delete_data
from backend.platform.context import Context
from models.card import Card, CardOrigin
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from models.offer import Offer
from models.outbox import OutboxEvent
from models.pool_number import NumberStatus, PoolNumber
from models.refusal import Code, Refusal
from tests.support.factory.brands import NAME, PHONE, make_account, make_offer, make_program
from tests.support.factory.cards import consented, issued
from tests.support.factory.customers import someone
from tests.support.secrets import found_in

pytestmark = pytest.mark.usefixtures("database")
ANSWERS = {"given_name": "Анна", "phone": "+79161234567"}


async def shop(numbers: int) -> Offer:
    program = await make_program(await make_account(), fields=(NAME, PHONE), numbers=numbers)
    return await make_offer(program)


async def bring(ctx: Context, person: Customer, offer: Offer, number: str) -> Card | None:
    program = (await Offer.get(id=offer.id).select_related("brand")).brand.program_id
    await apply_for(ctx, person, [offer.id], typed_numbers={program: number})
    current = await current_application(ctx, person)
    assert current.asking is None
    await consented(ctx, person)
    outcome = (await issue_cards(ctx, person, await current_application(ctx, person)))[0]
    return outcome.card


async def test_the_last_number_of_a_deleted_person_is_not_given_to_another(ctx: Context) -> None:
    offer = await shop(numbers=1)
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    await issued(ctx, anna, [offer], answers=ANSWERS)
    await delete_data(ctx, anna.id)
    answers = {"given_name": "Борис", "phone": "+79161234568"}
    with pytest.raises(Refusal) as refused:
        await issued(ctx, boris, [offer], answers=answers)
    assert refused.value.code is Code.POOL_EMPTY
    assert not await PoolNumber.exists(status=NumberStatus.FREE)


async def test_plastic_can_be_brought_again_by_whoever_holds_it(ctx: Context) -> None:
    account = await make_account()
    rule = {"format": "code128", "prefix": "77"}
    offer = await make_offer(await make_program(account, recognition=[rule]))
    anna = await someone(ctx, 1)
    first = await bring(ctx, anna, offer, "77001122")
    assert first is not None
    await delete_data(ctx, anna.id)
    back = await someone(ctx, 1)
    assert back.id != anna.id
    second = await bring(ctx, back, offer, "77001122")
    assert second is not None
    assert (second.origin, second.printed_number) == (CardOrigin.DUPLICATED, "77001122")
    await first.refresh_from_db()
    assert first.removed_at is not None
    assert "77001122" not in first.printed_number
    told = await OutboxEvent.filter(kind="CustomerDeleted").get()
    assert list(told.payload["numbers"].values()) == ["77001122"]


async def test_what_waits_to_be_sent_is_stopped_and_emptied(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    message = await Message.create(
        once="push:1", customer=anna, purpose=MessagePurpose.PROMO, kind="push",
        data={"name": "Анна"}, body="Анна, скидка для вас", created_at=ctx.clock(),
    )  # fmt: skip
    queued = await Delivery.create(
        message=message, channel="telegram", created_at=ctx.clock(), changed_at=ctx.clock()
    )
    await delete_data(ctx, anna.id)
    await queued.refresh_from_db()
    await message.refresh_from_db()
    assert queued.state is DeliveryState.STOPPED
    assert (message.data, message.body) == ({}, "")


async def test_two_people_with_one_contact_are_not_mixed_up(ctx: Context) -> None:
    """Борис typed Анна's address without proving it; deleting her leaves his."""
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    for person, proof in ((anna, "link"), (boris, "")):
        await save_contact(ctx, person, ContactKind.EMAIL, "anna@example.ru", verified_by=proof)
    await delete_data(ctx, anna.id)
    assert [contact.customer_id for contact in await Contact.all()] == [boris.id]


async def test_nothing_that_is_announced_names_a_person(ctx: Context) -> None:
    """Partners hear events: neither somebody without a card nor somebody with one is named
    in any; who issued a card is asked for through the card."""
    offer = await shop(numbers=1)
    anna, boris = await someone(ctx, 70000001), await someone(ctx, 70000002)
    await issued(ctx, anna, [offer], answers=ANSWERS, channels=("telegram",))
    await save_contact(ctx, boris, ContactKind.PHONE, "+79161234568", verified_by="telegram")
    await delete_data(ctx, anna.id)
    await delete_data(ctx, boris.id)
    told = b"".join([orjson.dumps(event.payload) for event in await OutboxEvent.all()])
    assert b"numbers" in told
    names = ("Анна", "+79161234567", "9161234568", "70000001", "70000002")
    assert found_in(told, names) == []
