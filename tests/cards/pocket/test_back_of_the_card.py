"""What stands on the back of Анна's card: what «Ромашка» has told her."""

from typing import Any

import pytest

from backend.cards.pocket.told_before import count_messages, messages_of_card
from backend.customers.person.profile import seal_profile
from backend.platform.context import Context
from backend.templates.words_of import words_of
from models.brand import Brand
from models.campaign import HELD_OUT, Campaign
from models.card import Card
from models.customer import Customer
from models.message import CAMPAIGN, Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from tests.support.factory.brands import shop
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import someone

CONTENT = {
    "ru": {"text": "{name}, у вас {points} {points|балл|балла|баллов}: https://a.ru"},
    "fallbacks": {"name": {"ru": "Друг"}, "points": {"ru": "0"}},
}


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


async def told(ctx: Context, card: Card, state: str = "delivered", **given: Any) -> Message:
    row: dict[str, Any] = {
        "customer_id": card.customer_id, "brand_id": card.brand_id, "kind": "welcome-card",
        "purpose": MessagePurpose.SERVICE, "created_at": ctx.clock(),
    }  # fmt: skip
    message = await Message.create(**(row | given))
    await Delivery.create(
        message=message, channel="telegram", state=DeliveryState(state), created_at=ctx.clock(),
        changed_at=ctx.clock(),
    )  # fmt: skip
    return message


async def test_newest_first_page_by_page_with_what_came_before_the_card(ctx: Context) -> None:
    event = await issued_card(ctx, 1)
    card = await Card.get(id=event.card_id)
    stranger = await someone(ctx)
    _, _, rival = await shop("rival")
    campaign = await Campaign.create(
        brand_id=card.brand_id, advertiser="a", inn="1", created_at=ctx.clock()
    )
    said: dict[str, Any] = {
        "kind": CAMPAIGN,
        "purpose": MessagePurpose.PROMO,
        "campaign": campaign,
        "variant": 0,
    }
    before = await told(ctx, card, **said)
    of_card = await told(ctx, card, card_id=card.id)
    failed = await told(ctx, card, "failed", card_id=card.id)
    in_doubt = await told(ctx, card, "in_doubt", **said, card_id=card.id)
    for state in ("queued", "sending", "stopped", "failed"):
        await told(ctx, card, state, **said, card_id=card.id)
        await told(ctx, card, state, kind="trigger", card_id=card.id)
    await told(ctx, card, **{**said, "variant": HELD_OUT})
    await told(ctx, card, customer_id=stranger.id, brand_id=rival.id)
    await told(ctx, card, brand_id=rival.id)
    await told(ctx, card, brand_id=None)

    assert await count_messages(card) == 4
    first, second = await messages_of_card(card, 3), await messages_of_card(card, 3, 3)
    assert [m.id for m in first] == [in_doubt.id, failed.id, of_card.id]
    assert [m.id for m in second] == [before.id]
    assert second[0].campaign == campaign
    assert await messages_of_card(card, 3, 6) == []


async def test_words_are_as_they_were_and_the_name_is_written_down_nowhere(ctx: Context) -> None:
    event = await issued_card(ctx, 1)
    card = await Card.get(id=event.card_id)
    anna = await Customer.get(id=card.customer_id)
    anna.profile = seal_profile(ctx, anna, {"given_name": "Анна"})
    await anna.save()
    plan = {"variants": [{"name": "A", "share": 100, "content": CONTENT}]}
    brand = await Brand.get(id=card.brand_id)
    campaign = await Campaign.create(
        brand=brand, advertiser="ООО «Ромашка»", inn="1", plan=plan, created_at=ctx.clock()
    )
    await told(
        ctx, card, kind=CAMPAIGN, purpose=MessagePurpose.PROMO, campaign=campaign, variant=0,
        data={"points": "21"},
    )  # fmt: skip
    (message,) = await messages_of_card(card, 5)
    assert words_of(ctx, anna, message, "ru").text() == (
        "Анна, у вас 21 балл: https://a.ru Реклама. ООО «Ромашка», ИНН 1"
    )
    assert "Анна" not in str(message.data)
    anna.profile = b"somebody else's"
    assert words_of(ctx, anna, message, "ru").text().startswith("Друг, у вас 21 балл")
    anna.profile = None
    assert words_of(ctx, anna, message, "en").text().startswith("Друг")
