"""Who is written down for a campaign: each once, by the first channel that reaches them."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from backend.campaigns import collect_campaign as collecting
from backend.campaigns.allot import allot, salt_of
from backend.campaigns.collect_campaign import collect_campaign, count_people
from backend.campaigns.plan import Plan
from backend.campaigns.start_campaign import plan_of
from backend.platform.context import Context
from models.account import Account
from models.brand import Brand
from models.campaign import HELD_OUT, Campaign, CampaignState
from models.card import Card
from models.consent_document import ConsentDocument
from models.consent_state import ConsentState
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.identity import Identity
from models.message import Delivery, Message
from models.message_purpose import MessagePurpose
from models.messaging_rules import MessagingRules
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import audience
from tests.support.factory.brands import shop
from tests.support.factory.customers import has_blocked


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


async def begun(ctx: Context, brand: Brand, **more: Any) -> Campaign:
    purpose = more.pop("purpose", MessagePurpose.PROMO)
    return await Campaign.create(
        brand=brand, plan=plan_of("Кофе", None) | more, purpose=purpose, advertiser="a", inn="1",
        created_at=ctx.clock(), started_at=ctx.clock(),
    )  # fmt: skip


async def collected(campaign: Campaign) -> Campaign:
    while await collect_campaign(campaign):
        continue
    return await Campaign.get(id=campaign.id)


def by(*channels: str) -> dict[str, Any]:
    return {"cascade": [{"channel": channel} for channel in channels]}


async def also_by(ctx: Context, person: Customer, brand: Brand, *kinds: ContactKind) -> None:
    """A verified contact, and a «yes» to advertising there."""
    ads = await ConsentDocument.filter(purpose="advertising").first()
    assert ads is not None
    for kind in kinds:
        await Contact.create(
            customer=person, kind=kind, sealed=b"x", blind_index=f"{kind}{person.id}",
            verified_at=ctx.clock(), created_at=ctx.clock(),
        )  # fmt: skip
        await ConsentState.create(
            customer=person, purpose="advertising", subject_id=brand.id, granted=True,
            channel="email" if kind is ContactKind.EMAIL else "sms", document_id=ads.id,
            at=ctx.clock(),
        )  # fmt: skip


async def ways(people: list[Customer]) -> list[tuple[str, int] | None]:
    found = await Delivery.all().select_related("message")
    by_person = {each.message.customer_id: (each.channel, each.step) for each in found}
    return [by_person.get(person.id) for person in people]


async def everywhere(ctx: Context) -> tuple[Account, Brand, list[Customer]]:
    """Six people: all by Telegram; of these the third blocked it, the fourth said no there, the
    fifth is nowhere any more; all but the first and the last have a phone, the third a mailbox."""
    account, _, brand = await shop()
    people = await audience(ctx, account, brand, 6)
    for person in people[1:5]:
        await also_by(ctx, person, brand, ContactKind.PHONE)
    await also_by(ctx, people[2], brand, ContactKind.EMAIL)
    await has_blocked(people[2], ctx.clock())
    states = ConsentState.filter(channel="telegram", customer_id=people[3].id)
    await states.update(granted=False)
    await Identity.filter(customer_id=people[4].id).delete()
    await Contact.filter(customer_id=people[4].id).update(verified_at=None)
    return account, brand, people


async def test_by_the_first_channel_that_they_allow_and_that_finds_them(ctx: Context) -> None:
    _, brand, people = await everywhere(ctx)
    campaign = await begun(ctx, brand, **by("telegram", "email", "sms"))
    assert await count_people(campaign, ctx.clock()) == 5
    done = await collected(campaign)
    assert (done.state, done.recipients) == (CampaignState.SENDING, 5)
    telegram = ("telegram", 0)
    assert await ways(people) == [telegram, telegram, ("email", 1), ("sms", 2), None, telegram]


async def test_only_by_channels_that_are_set_up(ctx: Context) -> None:
    """While none of its own is, it waits."""
    _, brand, people = await everywhere(ctx)
    campaign = await begun(ctx, brand, **by("telegram", "sms"))
    assert await collect_campaign(campaign, {"email"})
    assert (await Campaign.get(id=campaign.id)).state is CampaignState.COLLECTING
    assert not await collect_campaign(campaign, {"email", "telegram"})
    assert (await Campaign.get(id=campaign.id)).recipients == 3
    assert {way for way in await ways(people) if way} == {("telegram", 0)}


async def test_the_cheapest_first_where_it_is_asked(ctx: Context) -> None:
    account, brand, people = await everywhere(ctx)
    await MessagingRules.create(account=account, sms_kopecks=350, email_kopecks=10)
    plan = by("sms", "email", "telegram") | {"cheapest_first": True}
    await collected(await begun(ctx, brand, **plan))
    telegram = ("telegram", 2)
    assert await ways(people) == [telegram, telegram, ("email", 1), ("sms", 0), None, telegram]


async def test_a_batch_ends_where_every_channel_has_been_looked_at(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few have the one channel and many the other, in the middle of a batch of either: everybody
    once, also when each batch is a process of its own."""
    monkeypatch.setattr(collecting, "BATCH", 7)
    account, _, brand = await shop()
    people = await audience(ctx, account, brand, 60)
    for person in people[::4]:
        await also_by(ctx, person, brand, ContactKind.PHONE)
    for person in people[::8]:
        await has_blocked(person, ctx.clock())
    campaign = await begun(ctx, brand, **by("telegram", "sms"))
    number = await count_people(campaign, ctx.clock())
    while await collect_campaign(await Campaign.get(id=campaign.id)):
        continue
    assert (await Campaign.get(id=campaign.id)).recipients == number == 60
    found = await Message.all().order_by("id").values_list("customer_id", flat=True)
    assert found == [person.id for person in people]
    assert Counter(each[0] for each in await ways(people) if each) == {"telegram": 52, "sms": 8}


async def test_killed_in_a_batch_it_is_written_anew(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, _, brand = await shop()
    await audience(ctx, account, brand, 30)
    monkeypatch.setattr(collecting, "BATCH", 10)
    campaign = await begun(ctx, brand, holdout=30)
    assert await collect_campaign(campaign)

    async def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Campaign, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            await collect_campaign(campaign)
    done = await collected(await Campaign.get(id=campaign.id))
    assert await Message.all().count() == 30 == done.recipients + done.held_out
    assert len(set(await Message.all().values_list("customer_id", flat=True))) == 30


async def test_who_is_held_out_has_a_row_and_nothing_that_leaves(ctx: Context) -> None:
    account, _, brand = await shop()
    people = await audience(ctx, account, brand, 200)
    variants = plan_of("Кофе", None)["variants"] * 2
    halves = [{**each, "share": 50} for each in variants]
    done = await collected(await begun(ctx, brand, holdout=25, variants=halves))
    plan = Plan.read(done.plan)
    expected = {person.id: allot(plan, salt_of(done, plan), person.id) for person in people}
    assert dict(await Message.all().values_list("customer_id", "variant")) == expected
    left_out = [each for each, variant in expected.items() if variant == HELD_OUT]
    assert (done.held_out, done.recipients) == (len(left_out), 200 - len(left_out))
    assert 25 < len(left_out) < 75
    assert not await Delivery.filter(message__customer_id__in=left_out).exists()
    assert await Delivery.all().count() == done.recipients


async def test_the_list_is_of_the_moment_at_which_it_began(
    ctx: Context, clock: StoppedClock
) -> None:
    """Whoever came, or said yes, after it is not on it, though they are looked at after it."""
    account, _, brand = await shop()
    people = await audience(ctx, account, brand, 3)
    campaign = await begun(ctx, brand)
    clock.advance(seconds=1)
    await Customer.filter(id=people[1].id).update(created_at=clock.now)
    await ConsentState.filter(customer_id=people[2].id).update(at=clock.now)
    assert (await collected(campaign)).recipients == 1


async def test_a_yes_to_another_purpose_counts_no_more(ctx: Context, clock: StoppedClock) -> None:
    account, _, brand = await shop()
    await audience(ctx, account, brand, 3)
    old = await ConsentDocument.filter(purpose="advertising", language="ru").first()
    assert old is not None
    values = {name: getattr(old, name) for name in old._meta.db_fields if name != "id"}
    for change, left in (("wording", 3), ("purpose", 0)):
        version = {"version": old.version + (1 if change == "wording" else 2), "change": change}
        newer = {**values, **version, "effective_from": clock.now - timedelta(days=1)}
        await ConsentDocument.create(**newer)
        assert await count_people(await begun(ctx, brand), ctx.clock()) == left, change


async def test_what_is_no_advertising_goes_to_those_who_carry_the_card(ctx: Context) -> None:
    account, program, brand = await shop()
    people = await audience(ctx, account, brand, 3)
    await ConsentState.all().update(granted=False)
    for number, person in enumerate(people[:2]):
        await Card.create(
            customer=person, program=program, brand=brand, printed_number=f"{number}",
            barcode_value=f"{number}", barcode_format="code128", origin="issued",
            created_at=ctx.clock(), removed_at=ctx.clock() if number else None,
        )  # fmt: skip
    campaign = await begun(ctx, brand, purpose=MessagePurpose.SERVICE)
    assert await count_people(campaign, ctx.clock()) == 1
    await collected(campaign)
    delivery = await Delivery.get().select_related("message")
    assert (delivery.promo, delivery.message.purpose) == (False, MessagePurpose.SERVICE)
    assert delivery.message.card_id is not None
