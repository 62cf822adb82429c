"""A partner asks to tell one person something, and hears at once what becomes of it."""

import pytest

from backend.customers.choices.stop_advertising import stop_advertising
from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from backend.messages.accept import Accepted, accept_for_numbers, accept_for_phones
from backend.messages.order import MessageOrder, Sender
from backend.messages.send_messages import Lane
from backend.messaging.wording import html_of
from backend.platform.context import Context
from models.card import Card
from models.customer import Customer
from models.message import Delivery, Message
from models.message_purpose import MessagePurpose
from models.partner_message import MessageState, PartnerMessage
from tests.messages.conftest import ANNA
from tests.messages.people import Shop, make_shop, member, sender
from tests.support.clock import StoppedClock
from tests.support.edge.notebook import Notebook
from tests.support.factory.brands import make_offer, make_program
from tests.support.factory.customers import has_blocked

BORIS, NOBODY = "+79161234568", "+79990000000"
RECEIPT = MessageOrder(MessagePurpose.TRANSACTION, "−10 баллов", "Списание")
SALE = MessageOrder(MessagePurpose.PROMO, "Всё по 100 <рублей>", "Скидки", erid="2Vt")

Anna = tuple[Customer, Card]


async def told(ctx: Context, by: Sender, order: MessageOrder, *phones: str) -> list[Accepted]:
    return await accept_for_phones(ctx, by, order, phones or (ANNA,))


async def state(ctx: Context, by: Sender, order: MessageOrder) -> MessageState:
    (one,) = await told(ctx, by, order)
    return one.state


async def test_a_receipt_is_enqueued_and_sent(
    ctx: Context, shop: Shop, anna: Anna, lanes: tuple[Lane, Lane], notebook: Notebook
) -> None:
    by = await sender(ctx, shop)
    (one,) = await told(ctx, by, RECEIPT)
    assert one.state is MessageState.ENQUEUED
    assert not await lanes[1].step(), "it is no advertising"
    assert await lanes[0].step()
    (sent,) = notebook.sent
    assert (sent.kind, sent.card_id, sent.brand_id) == ("partner-push", anna[1].id, shop.brand.id)
    row = await PartnerMessage.get(public_id=one.public_id)
    assert (row.answered, row.state) == (MessageState.ENQUEUED, MessageState.DELIVERED)
    assert not await lanes[0].step(), "once"


async def test_who_is_not_there(ctx: Context, shop: Shop, anna: Anna) -> None:
    """A stranger, somebody who carries another account's card alone, and who has left: all alike,
    and nothing is written down of them."""
    vasilek = await make_shop("vasilek")
    await member(ctx, vasilek, 2, BORIS)
    by = await sender(ctx, shop)
    found = await told(ctx, by, RECEIPT, NOBODY, BORIS, ANNA)
    assert [one.state.value for one in found] == ["not_registered", "not_registered", "enqueued"]
    await has_blocked(anna[0], ctx.clock())
    assert await state(ctx, by, RECEIPT) is MessageState.NOT_REGISTERED
    assert await Message.filter(once__startswith="partner:").count() == 1


async def test_whoever_withdrew_their_data_is_not_there(
    ctx: Context, shop: Shop, anna: Anna
) -> None:
    by = await sender(ctx, shop)
    await withdraw_personal_data(ctx, anna[0], shop.account.id)
    assert await state(ctx, by, RECEIPT) is MessageState.NOT_REGISTERED


async def test_advertising_needs_their_consent(ctx: Context, shop: Shop, anna: Anna) -> None:
    await member(ctx, shop, 2, BORIS, ads=False)
    by = await sender(ctx, shop)
    found = await told(ctx, by, SALE, ANNA, BORIS)
    assert [one.state for one in found] == [MessageState.ENQUEUED, MessageState.NO_CONSENT]
    (boris,) = await told(ctx, by, RECEIPT, BORIS)
    assert boris.state is MessageState.ENQUEUED


async def test_advertising_says_what_the_law_wants(
    ctx: Context, shop: Shop, anna: Anna, lanes: tuple[Lane, Lane], notebook: Notebook
) -> None:
    await told(ctx, await sender(ctx, shop), SALE)
    assert await lanes[1].step()
    (sent,) = notebook.sent
    assert html_of(sent, "ru") == (
        "<b>Скидки</b>\nВсё по 100 &lt;рублей&gt;\n\n"
        "<i>Реклама. ООО «Romashka», ИНН 0000000000 · erid: 2Vt</i>"
    )
    assert sent.data["stops"] == f"stop_ads {shop.brand.id}"


async def test_at_night_advertising_waits_for_nobody(
    ctx: Context, shop: Shop, anna: Anna, clock: StoppedClock
) -> None:
    """12:00 in Moscow by the tests' clock."""
    by = await sender(ctx, shop)
    assert await state(ctx, by, SALE) is MessageState.ENQUEUED
    clock.advance(hours=9)
    assert await state(ctx, by, SALE) is MessageState.QUIET_HOURS
    assert await state(ctx, by, RECEIPT) is MessageState.ENQUEUED
    loud = await sender(ctx, shop, quiet="off")
    assert await state(ctx, loud, SALE) is MessageState.ENQUEUED
    clock.advance(hours=12)
    assert await state(ctx, by, SALE) is MessageState.ENQUEUED


async def test_what_night_overtakes_is_stopped(
    ctx: Context, shop: Shop, anna: Anna, clock: StoppedClock, lanes: tuple[Lane, Lane]
) -> None:
    (one,) = await told(ctx, await sender(ctx, shop), SALE)
    clock.advance(hours=9)
    assert not await lanes[1].step()
    row = await PartnerMessage.get(public_id=one.public_id)
    assert (row.answered, row.state) == (MessageState.ENQUEUED, MessageState.QUIET_HOURS)
    assert (await Delivery.get(message_id=row.message_id)).state.value == "stopped"


async def test_a_no_in_between_is_heard(
    ctx: Context, shop: Shop, anna: Anna, lanes: tuple[Lane, Lane], notebook: Notebook
) -> None:
    (one,) = await told(ctx, await sender(ctx, shop), SALE)
    await stop_advertising(ctx, anna[0].id, brand_id=shop.brand.id, channel="telegram")
    assert await lanes[1].step()
    assert notebook.sent == []
    assert (await PartnerMessage.get(public_id=one.public_id)).state is MessageState.NO_CONSENT


async def test_by_the_number_of_the_card(ctx: Context, shop: Shop, anna: Anna) -> None:
    by = await sender(ctx, shop)
    found = await accept_for_numbers(ctx, by, RECEIPT, [anna[1].printed_number, "000"])
    assert [one.state.value for one in found] == ["enqueued", "not_registered"]
    other = await sender(ctx, await make_shop("vasilek"))
    (theirs,) = await accept_for_numbers(ctx, other, RECEIPT, [anna[1].printed_number])
    assert theirs.state is MessageState.NOT_REGISTERED


async def test_a_login_of_one_brand_reaches_its_program_alone(
    ctx: Context, shop: Shop, anna: Anna
) -> None:
    second = await make_program(shop.account, "second-club")
    await make_offer(second, "second")
    assert await state(ctx, await sender(ctx, shop, brand="romashka"), SALE) is (
        MessageState.ENQUEUED
    )
    other = await sender(ctx, shop, brand="second")
    assert await state(ctx, other, RECEIPT) is MessageState.NOT_REGISTERED


@pytest.mark.parametrize("many", [1, 500, 1201])
async def test_a_list_keeps_its_order(ctx: Context, shop: Shop, anna: Anna, many: int) -> None:
    phones = [f"+7999{n:07d}" for n in range(many)] + [ANNA]
    found = await told(ctx, await sender(ctx, shop), RECEIPT, *phones)
    assert [one.address for one in found] == phones
    assert found[-1].state is MessageState.ENQUEUED
