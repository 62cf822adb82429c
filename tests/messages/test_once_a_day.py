"""A partner's advertising for somebody who wants it once a day leaves with the rest of that day."""

from datetime import UTC, datetime, timedelta

from backend.campaigns.send_campaigns import CampaignsOnTheirWay
from backend.customers.choices.choose_digest import choose_digest
from backend.messages.accept import accept_for_phones
from backend.messages.brand_voice import BrandVoices
from backend.messages.order import MessageOrder
from backend.messages.send_messages import Lane
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from models.message import Delivery
from models.message_purpose import MessagePurpose
from models.partner_message import MessageState, PartnerMessage
from tests.messages.conftest import ANNA, Anna
from tests.messages.people import Shop, sender
from tests.sending.noted import Noted
from tests.sending.test_rules_at_the_door import quiet
from tests.support.clock import StoppedClock
from tests.support.edge.notebook import Notebook

EVENING = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)
NOON = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


async def test_it_waits_for_noon_and_its_end_is_told(
    ctx: Context, clock: StoppedClock, shop: Shop, anna: Anna, lanes: tuple[Lane, Lane],
    notebook: Notebook,
) -> None:  # fmt: skip
    clock.now = EVENING
    by = await sender(ctx, shop)
    await choose_digest(ctx, anna[0], wanted=True)
    order = MessageOrder(MessagePurpose.PROMO, text="Кофе дешевле", title="Только сегодня")
    (told,) = await accept_for_phones(ctx, by, order, [ANNA])
    assert told.state is MessageState.ENQUEUED
    await lanes[1].step()
    channel = Noted(clock)
    others = {"partner": BrandVoices(ctx, "").find}
    ways = CampaignsOnTheirWay(ctx, {"telegram": channel}, others)
    async with ways.sender.running():
        await quiet(ways)
        clock.advance(hours=8)
        await lanes[1].step()
        assert (channel.sent, notebook.sent) == ([], [])
        assert (await Delivery.get()).digest_at == NOON, "no night stops it"
        clock.now = NOON
        await quiet(ways)
    assert [text for _, _, text in channel.sent] == [
        f"Реклама на сегодня, одним сообщением {shop.brand.name_ru} Только сегодня"
        f" Реклама. {by.legal_name}, ИНН {by.inn}"
    ]
    clock.advance(minutes=2)
    await lanes[1].step()
    assert notebook.sent == []
    assert (await PartnerMessage.get()).state is MessageState.DELIVERED


async def test_killed_in_between_it_is_in_doubt(
    ctx: Context, clock: StoppedClock, shop: Shop, anna: Anna, lanes: tuple[Lane, Lane],
    post: GatedChannels,
) -> None:  # fmt: skip
    """Whoever sends the rest of the day settles it, not the partners' lane."""
    clock.now = EVENING - timedelta(hours=8)
    by = await sender(ctx, shop)
    await choose_digest(ctx, anna[0], wanted=True)
    order = MessageOrder(MessagePurpose.PROMO, text="Кофе дешевле")
    await accept_for_phones(ctx, by, order, [ANNA])
    await lanes[1].step()
    await Delivery.all().update(state="sending", attempts=1)
    await Lane(ctx, post, promo=True).step()
    assert (await Delivery.get()).state == "sending"
    channel = Noted(clock)
    ways = CampaignsOnTheirWay(ctx, {"telegram": channel})
    async with ways.sender.running():
        await quiet(ways)
    assert channel.sent == []
    clock.advance(minutes=2)
    await lanes[1].step()
    assert (await PartnerMessage.get()).state is MessageState.UNKNOWN
