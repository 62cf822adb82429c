"""Анна lets her family show her card, and takes it back."""

import asyncio

import pytest

from backend.cards.pocket.end_shares import leave_share, revoke_share
from backend.cards.pocket.wallet import remove_card
from backend.cards.share.share_card import (
    accept_in_group,
    accept_share,
    message_shown,
    open_share,
    share_card,
    shared_with,
    shares_of_card,
)
from backend.customers.my_data.delete_data import delete_data
from backend.customers.person.meet import in_telegram
from backend.platform.context import Context
from models.card_share import CardShare, SharedMessage, ShareMode, ShareWith
from models.customer import Customer
from models.outbox import OutboxEvent
from models.program import Program
from models.refusal import Code, Refusal
from tests.cards.conftest import CarryCard
from tests.support.clock import StoppedClock
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import someone

PERSON, GROUP = ShareWith.PERSON, ShareWith.GROUP
FAMILY = -100500


async def refused(what: object) -> Code:
    with pytest.raises(Refusal) as wrong:
        await what  # type: ignore[misc]
    return wrong.value.code


async def test_a_husband_uses_the_card_until_it_is_revoked(
    ctx: Context, clock: StoppedClock, database: str, carry: CarryCard
) -> None:
    anna, boris, vera = await someone(ctx, 1), await someone(ctx, 2), await someone(ctx, 3)
    card = await carry(anna, "Аптека", "5550001")
    share, token = await share_card(ctx, anna, card.id, PERSON, ShareMode.USE)
    assert token not in str(await CardShare.all().values()), "kept as a hash only"
    assert await refused(accept_share(ctx, anna, token, "Анна")) is Code.SHARE_OWN
    assert await refused(accept_share(ctx, boris, "x" * 32, "Борис")) is Code.SHARE_NOT_FOUND
    accepted = await accept_share(ctx, boris, token, "Борис")
    assert (await accept_share(ctx, boris, token, "Борис")).id == accepted.id, "his own link"
    assert await refused(accept_share(ctx, vera, token, "Вера")) is Code.SHARE_SPENT

    shown = await open_share(ctx, share.id, guest_id=boris.id)
    assert shown.kept.card.printed_number == "5550001"
    assert await refused(open_share(ctx, share.id, guest_id=vera.id)) is Code.SHARE_NOT_FOUND
    (given,) = await shares_of_card(ctx, anna, card.id)
    assert (given.label, given.share.uses) == ("Борис", 1)
    assert given.share.last_used_at == ctx.clock()
    assert [s.share.id for s in await shared_with(ctx, boris)] == [share.id]

    assert await message_shown(ctx, shown.share, 7, 2, 31)
    assert not await revoke_share(ctx, vera, share.id), "not hers to revoke"
    for stranger in (vera, anna):
        assert not await leave_share(ctx, stranger, share.id), "nobody leaves for the guest"
    assert not await revoke_share(ctx, boris, share.id), "a guest leaves, the owner revokes"
    assert (await CardShare.get(id=share.id)).revoked_at is None
    assert await revoke_share(ctx, anna, share.id)
    assert not await revoke_share(ctx, anna, share.id)
    assert await refused(open_share(ctx, share.id, guest_id=boris.id)) is Code.SHARE_ENDED
    assert await refused(accept_share(ctx, boris, token, "Борис")) is Code.SHARE_ENDED
    assert not await message_shown(ctx, shown.share, 7, 2, 32), "sent while it was revoked"
    assert await shared_with(ctx, boris) == []
    event = await OutboxEvent.get(kind="CardShareRevoked")
    assert event.payload == {"share_id": share.id, "messages": ""}


async def test_an_invitation_waits_seven_days(
    ctx: Context, clock: StoppedClock, database: str, carry: CarryCard
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await carry(anna, "Аптека", "5550001")
    _, token = await share_card(ctx, anna, card.id, PERSON, ShareMode.VIEW)
    clock.advance(days=7, seconds=1)
    assert await refused(accept_share(ctx, boris, token, "Борис")) is Code.SHARE_EXPIRED
    assert await shares_of_card(ctx, anna, card.id) == []


async def test_two_people_with_one_link_at_once(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Аптека", "5550001")
    _, token = await share_card(ctx, anna, card.id, PERSON, ShareMode.VIEW)
    guests = [await someone(ctx, number) for number in range(2, 8)]
    ends = await asyncio.gather(
        *(accept_share(ctx, guest, token, "Гость") for guest in guests), return_exceptions=True
    )
    losers = [end.code for end in ends if isinstance(end, Refusal)]
    assert losers == [Code.SHARE_SPENT] * 5


async def test_a_group_of_which_everybody_may_look(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await carry(anna, "Аптека", "5550001")
    share, token = await share_card(ctx, anna, card.id, GROUP, ShareMode.VIEW)
    assert await refused(accept_share(ctx, boris, token, "Борис")) is Code.SHARE_FOR_GROUP
    stranger = accept_in_group(ctx, in_telegram(2), FAMILY, token, "Семья")
    assert await refused(stranger) is Code.SHARE_NOT_OWN
    await accept_in_group(ctx, in_telegram(1), FAMILY, token, "Семья")
    shown = await open_share(ctx, share.id, chat_id=FAMILY)
    assert shown.share.uses == 0, "looking is not counted"
    assert await refused(open_share(ctx, share.id, chat_id=-7)) is Code.SHARE_NOT_FOUND
    other = accept_in_group(ctx, in_telegram(1), -7, token, "Другая")
    assert await refused(other) is Code.SHARE_SPENT


async def test_a_program_may_forbid_it(ctx: Context, database: str) -> None:
    issued = await issued_card(ctx, telegram_id=1)
    anna, boris = await Customer.get(id=issued.customer_id), await someone(ctx, 2)
    share, token = await share_card(ctx, anna, issued.card_id, PERSON, ShareMode.VIEW)
    await accept_share(ctx, boris, token, "Борис")
    await Program.filter(id=issued.program_id).update(sharing=False)
    asked = share_card(ctx, anna, issued.card_id, PERSON, ShareMode.VIEW)
    assert await refused(asked) is Code.SHARING_FORBIDDEN
    opened = open_share(ctx, share.id, guest_id=boris.id)
    assert await refused(opened) is Code.SHARING_FORBIDDEN


async def test_what_ends_with_the_card_and_with_the_people(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    one = await carry(anna, "Аптека", "5550001")
    two = await carry(anna, "Булочная", "5550002")
    shares = []
    for card in (one, two, two):
        share, token = await share_card(ctx, anna, card.id, PERSON, ShareMode.VIEW)
        await accept_share(ctx, boris, token, "Борис")
        shares.append(share)
    await remove_card(ctx, anna, one.id)
    ended = open_share(ctx, shares[0].id, guest_id=boris.id)
    assert await refused(ended) is Code.SHARE_ENDED
    assert await leave_share(ctx, boris, shares[1].id)
    await message_shown(ctx, shares[2], 7, 2, 40)
    await delete_data(ctx, boris.id)
    left = await CardShare.get(id=shares[2].id)
    assert (left.guest_id, left.label) == (None, None)
    assert left.revoked_at is not None
    await delete_data(ctx, anna.id)
    assert await CardShare.all().count() == await SharedMessage.all().count() == 0
