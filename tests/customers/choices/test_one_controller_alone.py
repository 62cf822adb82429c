"""Анна has cards of two controllers and takes her personal data back from one of them."""

import pytest

from backend.cards.share.share_card import share_card
from backend.consents.gate import may_send
from backend.consents.standing_answers import standing_answers
from backend.customers.choices.withdraw_personal_data import cards_under, withdraw_personal_data
from backend.platform.context import Context
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.card_share import CardShare, ShareMode, ShareWith
from models.consent_record import ConsentAction, ConsentRecord
from models.message_purpose import MessagePurpose
from models.outbox import OutboxEvent
from tests.support.factory.agreeing import Agreed, agreed
from tests.support.factory.brands import shop

pytestmark = pytest.mark.usefixtures("database")


async def carried(ctx: Context, who: Agreed, number: str) -> Card:
    """A card of the controller, which somebody else may show."""
    card = await Card.create(
        customer=who.customer,
        program=who.program,
        brand=who.brand,
        printed_number=number,
        barcode_value=number,
        barcode_format=BarcodeFormat.CODE128,
        origin=CardOrigin.ISSUED,
        created_at=ctx.clock(),
    )
    await share_card(ctx, who.customer, card.id, ShareWith.PERSON, ShareMode.VIEW)
    return card


async def test_what_the_other_controller_holds_stays_whole(ctx: Context) -> None:
    romashka = await agreed(ctx)
    vasilek = await agreed(ctx, await shop("vasilek"), customer=romashka.customer)
    anna = romashka.customer
    left, stays = await carried(ctx, romashka, "1"), await carried(ctx, vasilek, "2")
    assert [card.id for card in await cards_under(anna, romashka.account.id)] == [left.id]

    gone = await withdraw_personal_data(ctx, anna, romashka.account.id)

    assert [card.id for card in gone] == [left.id]
    assert (await Card.get(id=stays.id)).removed_at is None
    assert (await CardShare.get(card_id=stays.id)).revoked_at is None
    given = [each for each in await standing_answers(anna.id) if each.granted]
    assert given
    assert {each.account_id for each in given} == {vasilek.account.id}
    withdrawn = await ConsentRecord.filter(action=ConsentAction.WITHDRAWN)
    assert {record.account_id for record in withdrawn} == {romashka.account.id}
    now, promo = ctx.clock(), MessagePurpose.PROMO
    assert await may_send(now, anna.id, vasilek.brand.id, "telegram", promo)
    assert not await may_send(now, anna.id, romashka.brand.id, "telegram", promo)


async def test_the_partners_hear_of_advertising_by_brand_and_then_of_personal_data(
    ctx: Context,
) -> None:
    anna = await agreed(ctx, channels=("telegram", "email"))
    card = await carried(ctx, anna, "1")
    await withdraw_personal_data(ctx, anna.customer, anna.account.id)
    told = [
        (event.kind, event.payload)
        for event in await OutboxEvent.exclude(kind="CardShareRevoked").order_by("id")
    ]
    who = {"customer_id": anna.customer.id}
    where = {**who, "account_id": anna.account.id}
    assert told == [
        ("CardRemoved", {"card_id": card.id, **who}),
        (
            "ConsentWithdrawn",
            {
                **where,
                "purpose": "advertising",
                "brand_id": anna.brand.id,
                "channels": "email,telegram",
                "for_them": False,
            },
        ),
        (
            "ConsentWithdrawn",
            {
                **where,
                "purpose": "personal_data",
                "brand_id": None,
                "channels": "",
                "for_them": False,
            },
        ),
    ]
