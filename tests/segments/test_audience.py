"""The count is what is written down at the start, and says of the others why they are left out."""

from datetime import timedelta

from backend.campaigns.collect_campaign import collect_campaign, count_people
from backend.platform.context import Context
from backend.segments.audience import Audience, Caps, Counted, count_capped
from backend.segments.audience import count_people as of_audience
from backend.segments.whose import whose
from models.campaign import Campaign
from models.channel import ChannelName
from models.city import City
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_state import ConsentState
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.identity import Identity
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from tests.support.factory.agreeing import Agreed, agreed
from tests.support.factory.brands import shop
from tests.support.factory.customers import someone

BOTH = (ChannelName.TELEGRAM, ChannelName.EMAIL)


async def people(ctx: Context) -> tuple[Agreed, list[Customer]]:
    """Ten who allow Telegram, and of each reason to be left out somebody."""
    at = await shop()
    kazan = await City.create(
        key="kazan", name_ru="К", name_en="K", lat=1, lon=1, population=1, timezone="Asia/Omsk"
    )
    found = []
    for number in range(16):
        channels = () if number in {10, 11} else ("email",) if number == 15 else ("telegram",)
        person = await someone(ctx, 100 + number)
        said = await agreed(ctx, at, channels=channels, customer=person)
        found.append(person)
    await Identity.filter(customer_id=found[12].id).update(blocked_at=ctx.clock())
    await Identity.filter(customer_id=found[13].id).delete()
    await Customer.filter(id=found[14].id).update(deleted_at=ctx.clock())
    await Customer.filter(id__in=[each.id for each in found[:4]]).update(city_id=kazan.id)
    return said, found


async def test_who_is_left_out_and_why(database: str, ctx: Context) -> None:
    said, found = await people(ctx)
    brand, now = await whose(said.brand.id), ctx.clock()
    everybody = Audience(brand, None)
    assert await of_audience(everybody, now) == Counted(15, 10, 3, 2)
    of_kazan = Audience(brand, {"field": "city", "in": ["kazan"]})
    assert await of_audience(of_kazan, now) == Counted(4, 4, 0, 0)
    # Of two channels one is enough, and a confirmed address is needed for a letter.
    several = Audience(brand, None, BOTH)
    assert await of_audience(several, now) == Counted(15, 10, 2, 3)
    for number, verified in ((12, now), (13, None), (15, now)):
        await Contact.create(
            customer=found[number], kind=ContactKind.EMAIL, sealed=b"x", blind_index=str(number),
            verified_at=verified, created_at=now,
        )  # fmt: skip
    assert await of_audience(several, now) == Counted(15, 11, 2, 2)
    # What is no advertising goes to whoever carries the card: nobody does.
    assert await of_audience(Audience(brand, None, BOTH, promo=False), now) == Counted(0, 0, 0, 0)


async def test_who_has_heard_enough(database: str, ctx: Context) -> None:
    said, found = await people(ctx)
    brand, now = await whose(said.brand.id), ctx.clock()
    for person, hours, state in (
        (0, 1, DeliveryState.DELIVERED), (0, 2, DeliveryState.IN_DOUBT),
        (1, 1, DeliveryState.DELIVERED), (1, 50, DeliveryState.DELIVERED),
        (2, 1, DeliveryState.STOPPED), (3, 200, DeliveryState.DELIVERED),
        (10, 1, DeliveryState.DELIVERED),
    ):  # fmt: skip
        at = now - timedelta(hours=hours)
        message = await Message.create(
            customer=found[person], brand=said.brand, purpose=MessagePurpose.PROMO, kind="k",
            created_at=at,
        )  # fmt: skip
        await Delivery.create(
            message=message, channel="telegram", promo=True, state=state, created_at=at,
            changed_at=at,
        )  # fmt: skip
    everybody = Audience(brand, None)
    # Of those who allow nothing nobody asks what they have heard.
    for caps, capped in ((Caps(1, 0), 2), (Caps(2, 0), 1), (Caps(0, 2), 2), (Caps(3, 1), 2)):
        assert await count_capped(everybody, caps, now) == capped, caps
    both = Audience(brand, {"field": "city", "in": ["kazan"]}, BOTH)
    assert await count_capped(both, Caps(1, 0), now) == 2


async def test_the_count_is_what_is_frozen(database: str, ctx: Context) -> None:
    said, found = await people(ctx)
    now, brand = ctx.clock(), await whose(said.brand.id)
    await Contact.create(
        customer=found[15], kind=ContactKind.EMAIL, sealed=b"x", blind_index="x",
        verified_at=now, created_at=now,
    )  # fmt: skip
    for channels in ((ChannelName.TELEGRAM,), BOTH):
        for tree in (None, {"not": {"field": "city", "in": ["kazan"]}}):
            campaign = await Campaign.create(
                brand=said.brand, advertiser="a", inn="1", created_at=now, started_at=now,
                plan={
                    "variants": [{"name": "A", "share": 100, "content": {"ru": {"text": "т"}}}],
                    "audience": tree,
                    "cascade": [{"channel": channel.value} for channel in channels],
                },
            )  # fmt: skip
            counted = await of_audience(Audience(brand, tree, channels), now)
            assert counted.recipients == await count_people(campaign, now)
            while await collect_campaign(campaign):
                continue
            written = await Message.filter(campaign_id=campaign.id).count()
            assert counted.recipients == written == (10 if tree is None else 6) + (channels == BOTH)


async def test_a_yes_to_what_is_no_more_is_no_consent(database: str, ctx: Context) -> None:
    """The gate would stop them: they are not counted either."""
    said, _ = await people(ctx)
    brand, now = await whose(said.brand.id), ctx.clock()
    ads = ConsentDocument.filter(
        account_id=said.account.id, purpose=ConsentPurpose.ADVERTISING, language="ru"
    )
    newer = await ads.get()
    newer.id, newer.version, newer.change = None, 2, "purpose"
    newer.effective_from = now + timedelta(days=1)
    newer._saved_in_db = False
    await newer.save(force_create=True)
    assert (await of_audience(Audience(brand, None), now)).recipients == 10
    later = now + timedelta(days=2)
    assert await of_audience(Audience(brand, None), later) == Counted(15, 0, 15, 0)
    one = await ConsentState.filter(granted=True, channel="telegram").order_by("id").first()
    assert one is not None
    await ConsentState.filter(id=one.id).update(document_id=newer.id)
    assert (await of_audience(Audience(brand, None), later)).recipients == 1
