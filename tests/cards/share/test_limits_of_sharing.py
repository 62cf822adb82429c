"""How many may hold a card, what a link may be used for, and what its owner is told."""

from datetime import timedelta

import pytest

from backend.cards.pocket.end_shares import revoke_share
from backend.cards.share.share_card import (
    MOST_SHARES,
    TOKEN_BYTES,
    accept_in_group,
    accept_share,
    message_shown,
    open_share,
    share_card,
    shared_with,
    shares_of_card,
    shown_lately,
    token_hash,
)
from backend.customers.person.meet import in_telegram
from backend.platform.context import Context
from models.card import Card, CardStatus
from models.card_share import CardShare, ShareMode, ShareWith
from models.refusal import Code, Refusal
from tests.cards.conftest import CarryCard
from tests.support.clock import StoppedClock
from tests.support.factory.customers import someone

PERSON, GROUP = ShareWith.PERSON, ShareWith.GROUP
FAMILY = -100500


async def test_twenty_may_hold_a_card_and_what_is_over_does_not_count(
    ctx: Context, clock: StoppedClock, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Аптека", "5550001")
    assert MOST_SHARES == 20
    shares = [(await share_card(ctx, anna, card.id, PERSON, ShareMode.VIEW))[0] for _ in range(20)]
    with pytest.raises(Refusal) as refused:
        await share_card(ctx, anna, card.id, PERSON, ShareMode.VIEW)
    assert refused.value.code is Code.TOO_MANY_SHARES
    assert refused.value.details == {"most": 20}
    other = await carry(anna, "Булочная", "5550002")
    await share_card(ctx, anna, other.id, PERSON, ShareMode.VIEW)

    await revoke_share(ctx, anna, shares[0].id)
    assert shares[0].id not in {each.share.id for each in await shares_of_card(ctx, anna, card.id)}
    await share_card(ctx, anna, card.id, PERSON, ShareMode.VIEW)
    clock.advance(days=7)
    assert await shares_of_card(ctx, anna, card.id) == [], "nobody came"
    await share_card(ctx, anna, card.id, PERSON, ShareMode.VIEW)


async def test_a_token_is_long_used_for_what_it_was_made_and_stands_as_its_own_index(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await carry(anna, "Аптека", "5550001")
    share, token = await share_card(ctx, anna, card.id, PERSON, ShareMode.USE)
    assert (TOKEN_BYTES, len(token)) == (24, 32)
    assert (share.expires_at, share.mode) == (ctx.clock() + timedelta(days=7), ShareMode.USE)
    assert token_hash(ctx.vault, token) == ctx.vault.blind_index("share", token)
    with pytest.raises(Refusal) as refused:
        await accept_in_group(ctx, in_telegram(1), FAMILY, token, "Семья")
    assert refused.value.code is Code.SHARE_FOR_PERSON
    await accept_share(ctx, boris, token, "")
    (given,) = await shares_of_card(ctx, anna, card.id)
    assert given.label == "", "a guest without a name"


async def test_a_group_is_told_by_its_name_cut_to_what_a_button_holds(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Аптека", "5550001")
    for title, kept in (("Семья", "Семья"), ("я" * 70, "я" * 64)):
        _, token = await share_card(ctx, anna, card.id, GROUP, ShareMode.VIEW)
        await accept_in_group(ctx, in_telegram(1), FAMILY, token, title)
        assert (await shares_of_card(ctx, anna, card.id))[-1].label == kept


async def test_a_blocked_card_is_neither_shared_nor_shown(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await carry(anna, "Аптека", "5550001")
    share, token = await share_card(ctx, anna, card.id, PERSON, ShareMode.VIEW)
    await accept_share(ctx, boris, token, "Борис")
    await Card.filter(id=card.id).update(status=CardStatus.BLOCKED)
    for asked in (
        share_card(ctx, anna, card.id, PERSON, ShareMode.VIEW),
        open_share(ctx, share.id, guest_id=boris.id),
    ):
        with pytest.raises(Refusal) as refused:
            await asked
        assert refused.value.code is Code.SHARE_ENDED


async def test_an_invitation_that_was_revoked_is_accepted_by_nobody(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await carry(anna, "Аптека", "5550001")
    share, token = await share_card(ctx, anna, card.id, PERSON, ShareMode.VIEW)
    await revoke_share(ctx, anna, share.id)
    with pytest.raises(Refusal) as refused:
        await accept_share(ctx, boris, token, "Борис")
    assert refused.value.code is Code.SHARE_ENDED
    row = await CardShare.get(id=share.id)
    assert (row.accepted_at, row.guest_id, row.label) == (None, None, None)
    assert await shared_with(ctx, boris) == []


async def test_a_barcode_that_was_just_shown_is_not_shown_at_once_again(
    ctx: Context, clock: StoppedClock, database: str, carry: CarryCard
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await carry(anna, "Аптека", "5550001")
    shares = []
    for guest in (boris, await someone(ctx, 3)):
        _, token = await share_card(ctx, anna, card.id, PERSON, ShareMode.VIEW)
        shares.append(await accept_share(ctx, guest, token, "Гость"))
    minute = timedelta(minutes=1)
    assert not await shown_lately(ctx, shares[0], minute)
    assert await message_shown(ctx, shares[0], 7, boris.id, 31)
    assert await shown_lately(ctx, shares[0], minute)
    assert not await shown_lately(ctx, shares[1], minute), "another guest"
    clock.advance(minutes=1)
    assert not await shown_lately(ctx, shares[0], minute)
