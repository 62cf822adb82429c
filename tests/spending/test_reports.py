"""What a report says of a campaign that went by several channels, and of the account."""

from datetime import timedelta
from decimal import Decimal

from backend.spending.campaign_report import campaign_report
from backend.spending.spending import spending
from models.barcode_format import BarcodeFormat
from models.campaign import HELD_OUT, Campaign
from models.card import Card, CardOrigin
from models.message import Delivery, DeliveryState, Message, Reported
from models.messaging_rules import MessagingRules
from models.sale import Sale
from models.short_link import LinkClick, ShortLink
from tests.cascades.conftest import EMAIL, SMS, TELEGRAM, Cascades, cascades
from tests.support.clock import StoppedClock
from tests.support.factory.brands import shop

__all__ = ["cascades"]
QUEUED, FAILED, STOPPED = DeliveryState.QUEUED, DeliveryState.FAILED, DeliveryState.STOPPED
DELIVERED, DOUBT = DeliveryState.DELIVERED, DeliveryState.IN_DOUBT


async def told(
    at: Cascades, campaign: Campaign, variant: int, *ends: tuple[str, DeliveryState, str, int]
) -> Message:
    """By channels, states, reasons and prices."""
    now = at.ctx.clock()
    message = await Message.create(
        customer=await at.somebody(), brand=at.brand, campaign=campaign, variant=variant,
        purpose="promo", kind="campaign", created_at=now,
    )  # fmt: skip
    for step, (channel, state, reason, kopecks) in enumerate(ends):
        await Delivery.create(
            message=message, channel=channel, state=state, reason=reason, cost_kopecks=kopecks,
            step=step, created_at=now, changed_at=now,
        )  # fmt: skip
    return message


async def bought(at: Cascades, message: Message, amount: str, currency: str = "RUB") -> None:
    _, program, _ = at.where
    number = str(await Sale.all().count() + 1)
    made = {
        "printed_number": number, "barcode_value": number, "origin": CardOrigin.ISSUED,
        "barcode_format": BarcodeFormat.CODE128, "created_at": at.ctx.clock(),
    }  # fmt: skip
    card, _ = await Card.get_or_create(
        customer_id=message.customer_id, program=program, defaults=made
    )
    await Sale.create(
        account_id=at.account_id, customer_id=message.customer_id, card=card, source="receipts",
        external_id=number, at=at.ctx.clock(), amount=Decimal(amount), currency=currency,
        told_at=at.ctx.clock(),
    )  # fmt: skip


async def test_a_campaign_by_variants_channels_and_reasons(
    cascades: Cascades, clock: StoppedClock
) -> None:
    await MessagingRules.create(account_id=cascades.account_id, sms_kopecks=150, card_kopecks=1000)
    variants = [{"name": "A"}, {"name": "B"}]
    campaign = await cascades.campaign(TELEGRAM, EMAIL, SMS, variants=variants)
    clicker = await told(cascades, campaign, 0, ("telegram", DELIVERED, "", 0))
    blocked = "the customer blocked the bot"
    both = await told(
        cascades, campaign, 0, ("telegram", FAILED, blocked, 0), ("email", DELIVERED, "", 5),
        ("sms", DELIVERED, "", 300),
    )  # fmt: skip
    lost = await told(cascades, campaign, 1, ("sms", DELIVERED, "", 300))
    await Delivery.filter(message_id=lost.id).update(reported=Reported.UNDELIVERED)
    await told(cascades, campaign, 1, ("telegram", STOPPED, "no consent", 0))
    await told(cascades, campaign, 1, ("telegram", DOUBT, "", 0))
    await told(cascades, campaign, 1, ("telegram", QUEUED, "", 0))
    held = [await told(cascades, campaign, HELD_OUT) for _ in range(2)]
    link = await ShortLink.create(
        brand=cascades.brand, source="x", channel="telegram", digest="x", url="https://x.example",
        created_at=clock(),
    )  # fmt: skip
    await LinkClick.create(link=link, message=clicker, first_at=clock(), last_at=clock(), times=3)
    clock.advance(days=2)
    await bought(cascades, clicker, "100.50")
    await bought(cascades, clicker, "0.00")
    await bought(cascades, both, "10.00", "EUR")
    await bought(cascades, held[0], "7.25")

    found = await campaign_report(campaign, cascades.account_id, 7)
    assert [
        (e.name, e.recipients, e.reached, e.clicked, e.clicks, e.buyers, e.purchases, e.amount)
        for e in (*found.variants, found.held_out)
    ] == [
        ("A", 2, 2, 1, 3, 1, 1, Decimal("100.50")),
        ("B", 4, 0, 0, 0, 0, 0, Decimal("0.00")),
        ("", 2, 0, 0, 0, 1, 1, Decimal("7.25")),
    ]
    assert {each.channel: dict(each.n) for each in found.channels} == {
        "telegram": {"delivered": 1, "failed": 1, "stopped": 1, "in_doubt": 1, "waiting": 1},
        "email": {"delivered": 1},
        "sms": {"delivered": 2, "lost": 1},
    }
    assert (found.failed, found.stopped) == ({blocked: 1}, {"no consent": 1})
    assert (found.kopecks, found.sms_kopecks) == (605, 300)
    assert found.uplift == Decimal(100) / 6 - Decimal(50)
    assert (await campaign_report(campaign, cascades.account_id, 1)).buyers == 0

    await cascades.passes_until_planned()
    today = (campaign.created_at - timedelta(days=1)).date(), clock().date()
    whole = await spending(cascades.account_id, *today)
    # By letter and SMS somebody had it twice: it is one message.
    assert {e.channel: (e.delivered, e.again, e.kopecks) for e in whole.channels} == {
        "telegram": (1, 0, 0), "email": (1, 0, 5), "sms": (2, 1, 600),
    }  # fmt: skip
    assert (whole.messages, whole.kopecks, whole.saved) == (3, 605, 3 * 150 - 605)
    assert (await spending(cascades.account_id, *today, brand_id=cascades.brand.id)) == whole
    assert (await spending(cascades.account_id, *today, brand_id=999)).messages == 0


async def test_of_an_empty_one_nothing_is_divided(cascades: Cascades) -> None:
    campaign = await cascades.campaign(TELEGRAM)
    found = await campaign_report(campaign, cascades.account_id, 7)
    assert (found.recipients, found.uplift, found.channels, found.variants) == (0, None, [], [])
    other, _, _ = await shop("apteka")
    clock = cascades.ctx.clock()
    assert (await spending(other.id, clock.date(), clock.date())).saved == 0
