"""Vera's card was made by a partner before she ever opened the bot: who she is there is said by a
use case, and until she comes nothing is sent."""

import asyncio

import pytest
from tortoise.exceptions import DoesNotExist

from backend.customers.my_data.delete_data import delete_data
from backend.customers.my_data.find import find_customers
from backend.customers.person.block import block
from backend.customers.person.join import join
from backend.customers.person.meet import in_telegram, meet
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft
from backend.messaging.reach import Reach, reach
from backend.messaging.welcome import welcome
from backend.platform.context import OPERATOR, Context
from models.audit_entry import AuditEntry, Verb
from models.channel import ChannelName
from models.customer import Customer
from models.identity import Identity
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.edge.notebook import Notebook, post_to
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import someone
from tests.support.outbox import happened

VERA, BORIS = 700000001, 700000002


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


async def code_of(ctx: Context, customer: Customer, chat: int) -> Code | None:
    try:
        await join(ctx, customer.id, in_telegram(chat))
    except Refusal as refusal:
        return refusal.code
    return None


async def test_who_was_brought_by_somebody_else_is_the_one_who_opens_the_bot(
    ctx: Context, clock: StoppedClock
) -> None:
    vera = await someone(ctx, language="ru")
    assert await reach(vera.id) is None
    await join(ctx, vera.id, in_telegram(VERA))
    assert await reach(vera.id) is None, "Telegram lets nobody write before they come"
    clock.advance(days=3)
    opened = await meet(ctx, in_telegram(VERA), language="en", source="billboard")
    assert (opened.id, opened.language, opened.source) == (vera.id, "ru", "")
    assert await reach(vera.id) == Reach(ChannelName.TELEGRAM, blocked=False)
    identity = await Identity.get()
    assert identity.reachable_since == clock()
    clock.advance(days=1)
    await meet(ctx, in_telegram(VERA), language="en")
    assert (await Identity.get()).reachable_since == identity.reachable_since
    assert await Customer.all().count() == 1


async def test_nothing_is_written_to_who_has_opened_nothing(ctx: Context) -> None:
    event = await issued_card(ctx, VERA)
    await Identity.all().update(reachable_since=None)
    notebook = Notebook()
    await welcome(post_to(notebook), ctx, happened(event))
    assert (notebook.sent, await Message.all().count()) == ([], 0)
    await Identity.all().update(reachable_since=ctx.clock())
    await welcome(post_to(notebook), ctx, happened(event))
    assert len(notebook.sent) == 1


async def test_joining_again_is_no_harm_and_joins_nobody_to_another(ctx: Context) -> None:
    vera, other = await someone(ctx), await someone(ctx)
    boris = await meet(ctx, in_telegram(BORIS), language="ru")
    for _ in range(2):
        assert await code_of(ctx.acting(OPERATOR, "cli"), vera, VERA) is None
    assert await AuditEntry.filter(verb=Verb.JOIN_CUSTOMER, subject_id=vera.id).count() == 1
    assert await code_of(ctx, other, VERA) is Code.IDENTITY_TAKEN, "that is Vera"
    assert await code_of(ctx, other, BORIS) is Code.IDENTITY_TAKEN, "he has cards of his own"
    assert await code_of(ctx, vera, 700000003) is Code.IDENTITY_TAKEN, "she is known otherwise"
    assert await code_of(ctx, boris, BORIS) is None
    known = await Identity.all().order_by("id").values_list("customer_id", "external_id")
    assert known == [(boris.id, str(BORIS)), (vera.id, str(VERA))]


async def test_joining_and_the_first_word_at_once_make_one_person(ctx: Context) -> None:
    """Whoever is first decides; the other finds what there is, or is refused."""
    vera = await someone(ctx)
    met, code = await asyncio.gather(
        meet(ctx, in_telegram(VERA), language="ru"), code_of(ctx, vera, VERA)
    )
    identity = await Identity.get()
    assert identity.customer_id == met.id
    assert code is (None if met.id == vera.id else Code.IDENTITY_TAKEN)


async def test_a_deletion_leaves_nothing_to_be_known_by(ctx: Context) -> None:
    vera = await meet(ctx, in_telegram(VERA), language="ru")
    await delete_data(ctx, vera.id)
    assert not await Identity.exists()
    with pytest.raises(DoesNotExist):
        await join(ctx, vera.id, in_telegram(VERA))
    back = await meet(ctx, in_telegram(VERA), language="ru")
    assert back.id != vera.id
    assert [each.id for each in await find_customers(ctx, "telegram", str(VERA))] == [
        back.id,
        vera.id,
    ], "who is there, then whose data was deleted"


async def test_a_block_counts_at_its_door_until_they_are_back(ctx: Context) -> None:
    event = await issued_card(ctx, VERA)
    await block(ctx, in_telegram(VERA))
    assert await reach(event.customer_id) == Reach(ChannelName.TELEGRAM, blocked=True)
    notebook = Notebook()
    await welcome(post_to(notebook), ctx, happened(event))
    assert (notebook.sent, (await Delivery.get()).state) == ([], DeliveryState.FAILED)
    await meet(ctx, in_telegram(VERA), language="ru")
    hello = Draft("hello:2", event.customer_id, MessagePurpose.SERVICE, "welcome-card")
    sent = await deliver(ctx, post_to(notebook), hello, ChannelName.TELEGRAM)
    assert sent is DeliveryState.DELIVERED
