"""Two accounts with everything: each sees its own, and an id of the other is not found."""

from collections.abc import Callable
from typing import Any

import pytest
from tortoise.models import Model
from tortoise.queryset import QuerySet

from backend.analytics.add import Counted, add_facts
from backend.changes.feed_consents import feed_consents
from backend.consents.chain import extend_chain
from backend.ledger.accrue import accrue
from backend.ledger.card import cards_by_id
from backend.ledger.hold import hold
from backend.platform.context import OPERATOR, Context
from backend.platform.database import transaction
from backend.platform.door import CLI
from backend.platform.watch.audit import note
from catalog.tenant import Scope
from models.account import Account
from models.api_key import ApiKey
from models.audit_entry import Verb
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.campaign import Campaign
from models.campaign_count import CampaignCount
from models.card import Card, CardOrigin
from models.card_design import CardDesign
from models.city import City
from models.connection import Connection
from models.customer import Customer
from models.exchange import ExchangeFile, ExchangeOut
from models.facade import FacadeKind, FacadeLogin, FacadePass
from models.fact import FactKind
from models.hook import Hook
from models.issued_plastic import IssuedPlastic
from models.job import Job, JobForm, JobKind, JobPiece, JobResult, JobState
from models.message import Delivery, Message
from models.message_purpose import MessagePurpose
from models.messaging_rules import MessagingRules
from models.number_reservation import NumberReservation, ReservationState
from models.number_wait import NumberWait
from models.offer import OfferCity, OfferDraft
from models.partner_message import MessageState, PartnerBulk, PartnerMessage
from models.pool_number import PoolNumber
from models.sale import Sale
from models.segment import CardList, ListedCard, Segment
from models.short_link import LinkClick, ShortLink
from models.store import Store
from models.template import MessageTemplate, SampleReader, TemplateVersion
from models.trait import Attribute, Trait
from models.trigger import Product, TriggerEvent, TriggerMark, TriggerWait, Watch
from models.wallet_pass import WalletPass
from models.webhook import Webhook, WebhookAttempt, WebhookDelivery
from tests.architecture.owned import owned
from tests.support.factory.assigning import assigned
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone
from tests.triggers.given import a_trigger

# Of a person alone, even where a brand's card is meant: no tenant asks for them.
PRIVATE = {"Application", "CardFinding", "CardPhoto", "CardShare", "SharedMessage", "WalletEntry"}
# The house's own bookkeeping.
HOUSE = {
    "ApiAnswer", "BulkPiece", "CardRequest", "FacadeAnswer", "LedgerRead", "PartnerMember",
    "RegistryFile", "WalletNews", "WalletRegistration", "WebhookSecret",
}  # fmt: skip


def asked_by(scope: Scope) -> dict[str, Callable[[], QuerySet[Model]]]:
    """Every query that a scope offers, by its name."""
    names = [name for name in vars(Scope) if not name.startswith("_")]
    helpers = [n for n in names if n not in {"of", "of_operator", "allows", "accounts", "rights"}]
    return {name: getattr(scope, name) for name in helpers}


async def seen(scope: Scope) -> dict[str, set[Any]]:
    return {
        name: set(await ask().values_list("id", flat=True)) for name, ask in asked_by(scope).items()
    }


async def told(ctx: Context, customer: Customer, **about: Any) -> None:
    message = await Message.create(
        once=f"m{await Message.all().count()}", customer=customer, kind="k", created_at=ctx.clock(),
        purpose=MessagePurpose.SERVICE, **about,
    )  # fmt: skip
    await Delivery.create(
        message=message, channel="telegram", created_at=ctx.clock(), changed_at=ctx.clock()
    )


async def points_of(ctx: Context, card: Card) -> None:
    kept = (await cards_by_id([card.id]))[card.id]
    await accrue(ctx, kept, 100, "in", "")
    await hold(ctx, kept, 50, "order", "")


async def everything_of(ctx: Context, key: str, *people: Customer) -> Account:
    """A row in every table that an account can have rows in."""
    now = ctx.clock()
    account = await make_account(key)
    program = await make_program(account, f"{key}-club", numbers=5, processor="ledger")
    offer = await make_offer(program, key)
    brand = await Brand.get(id=offer.brand_id)
    city, _ = await City.get_or_create(
        key="kazan",
        defaults={
            "name_ru": "К", "name_en": "K", "lat": 1.0, "lon": 1.0, "population": 1,
            "timezone": "Europe/Moscow",
        },
    )  # fmt: skip
    await OfferCity.create(offer=offer, city=city)
    await OfferDraft.create(offer=offer, changed_at=now)
    await CardDesign.create(program=program, number=1, made_at=now)
    await Store.create(brand=brand, city=city, key="s", address="a", lat=1.0, lon=1.0, hours="24/7")
    await IssuedPlastic.create(program=program, number_index="n", loaded_at=now)
    await MessagingRules.create(account=account)
    trigger = await a_trigger(ctx, brand, TriggerEvent.BIRTHDAY)
    product = await Product.create(brand=brand, key="p", title="t", in_stock=False)
    template = await MessageTemplate.create(
        account=account, key="t", name="n", purpose=MessagePurpose.PROMO, created_at=now,
        changed_at=now,
    )  # fmt: skip
    await TemplateVersion.create(template=template, version=1, author="key:1", saved_at=now)
    campaign = await Campaign.create(brand=brand, advertiser="a", inn="1", created_at=now)
    await Segment.create(account=account, key="all", name="n", created_at=now)
    cards = await CardList.create(
        account=account, key="vip", name="n", created_at=now, changed_at=now
    )
    await CampaignCount.create(campaign=campaign, channel="telegram", state="delivered", n=1)
    for person in people:
        (outcome,) = await issued(ctx, person, [offer], channels=("telegram",))
        assert outcome.card is not None
        await points_of(ctx, outcome.card)
        await Sale.create(
            account=account, customer=person, card=outcome.card, source="receipts",
            external_id=f"r{outcome.card.id}", at=now, amount=1, told_at=now,
        )  # fmt: skip
        await told(ctx, person, brand=brand, campaign=campaign)
        link = await ShortLink.create(
            brand=brand, source=f"campaign:{campaign.id}", channel="telegram", url="https://a",
            digest=f"{person.id}", created_at=now,
        )  # fmt: skip
        message = await Message.filter(customer=person, brand=brand).first()
        await LinkClick.create(link=link, message=message, first_at=now, last_at=now)
        await told(ctx, person, card=outcome.card)
        await SampleReader.create(account=account, customer=person, created_at=now)
        await TriggerWait.create(
            trigger=trigger, customer=person, once=f"{person.id}", promo=True, at=now,
            created_at=now, due_at=now,
        )  # fmt: skip
        await TriggerMark.create(brand=brand, customer=person, what="w", value="v", at=now)
        await Watch.create(product=product, customer=person, created_at=now)
        await NumberWait.create(customer=person, program=program, offer=offer, created_at=now)
        await Trait.create(account=account, customer=person, gender="female")
        await Attribute.create(account=account, customer=person, key="vip", flag=True, told_at=now)
        await ListedCard.create(list=cards, card=outcome.card)
        await WalletPass.create(
            card=outcome.card, wallet="apple", serial=f"{key}-{person.id}", issuer="pass.example",
            made_at=now, changed_at=now,
        )  # fmt: skip
    await assigned(ctx, program)
    await ApiKey.create(
        account=account, name="n", public_id=f"{key}-id", digest="d", created_at=now
    )
    await note(ctx.acting(OPERATOR, CLI), Verb.SAVE_ACCOUNT, "account", account_id=account.id)
    webhook = await Webhook.create(
        account=account, public_id=f"{key}-id", url="https://a.example", created_at=now
    )
    connection = await Connection.create(
        account=account, key="crm", vendor="registries", sealed=b"x", created_at=now
    )
    delivery = await WebhookDelivery.create(
        webhook=webhook, message_id="m", kind="k", body="{}", created_at=now, available_at=now
    )
    await WebhookAttempt.create(delivery=delivery, at=now, url=webhook.url, took_ms=1)
    login = await FacadeLogin.create(
        account=account, kind=FacadeKind.OSMI, login=f"{key}-id", secret=b"s", created_at=now
    )
    await FacadePass.create(
        account=account, program=program, serial="1", template="t", created_at=now, changed_at=now
    )
    bulk = await PartnerBulk.create(login=login, public_id=f"{key}-bulk", created_at=now)
    await PartnerMessage.create(
        login=login, bulk=bulk, public_id=f"{key}-message", promo=False, created_at=now,
        answered=MessageState.NOT_REGISTERED, state=MessageState.NOT_REGISTERED, changed_at=now,
    )  # fmt: skip
    job = await Job.create(
        account=account, kind=JobKind.NUMBERS, form=JobForm.CSV, state=JobState.QUEUED,
        program=program, actor_kind="operator", door="cli", created_at=now,
    )  # fmt: skip
    await Hook.create(connection=connection, public_id=f"{key}-id", digest="d", created_at=now)
    await ExchangeFile.create(program=program, name="n", digest="d", job_id=job.id, at=now)
    await ExchangeOut.create(program=program)
    await JobPiece.create(job=job, number=0, first_line=2, sealed=b"x")
    await JobResult.create(job=job, number=0)
    await NumberReservation.create(
        program=program, number=await PoolNumber.filter(program_id=program.id).first(),
        state=ReservationState.RELEASED, created_at=now, expires_at=now,
    )  # fmt: skip
    await extend_chain(account.id)
    await feed_consents()
    async with transaction():
        await add_facts([(Counted(account.id, brand.id, now.date(), FactKind.CARD_ISSUED), 0)])
    return account


async def test_each_sees_its_own(ctx: Context, database: str) -> None:
    anna, boris, vera = [await someone(ctx, n) for n in (1, 2, 3)]
    await someone(ctx, 4)
    await told(ctx, anna)
    await Card.create(
        customer=anna, printed_number="1", barcode_value="1", barcode_format=BarcodeFormat.QR,
        origin=CardOrigin.EXTERNAL, created_at=ctx.clock(),
    )  # fmt: skip
    first = await everything_of(ctx, "romashka", anna, boris)
    before = await seen(await Scope.of_operator())
    second = await everything_of(ctx, "vasilek", anna, vera)
    after = await seen(await Scope.of_operator())

    mine, other = await seen(Scope.of([first.id])), await seen(Scope.of([second.id]))
    assert mine.pop("customers") == {anna.id, boris.id}
    assert other.pop("customers") == {anna.id, vera.id}
    for name, ids in mine.items():
        assert ids, name
        assert ids == before[name], name
        assert other[name] == after[name] - before[name], name
    assert {name: len(ids) for name, ids in mine.items()} == {
        name: len(ids) for name, ids in other.items()
    }
    assert (await Scope.of_operator()).accounts == {first.id, second.id}


async def test_a_forged_id_is_not_found(ctx: Context, database: str) -> None:
    """Neither read, nor changed, nor deleted, nor locked."""
    anna = await someone(ctx, 1)
    first = await everything_of(ctx, "romashka", anna)
    second = await everything_of(ctx, "vasilek", anna)
    scope, theirs = Scope.of([first.id]), await seen(Scope.of([second.id]))
    for name, ask in asked_by(scope).items():
        if name != "customers":
            for id_ in theirs[name]:
                assert await ask().get_or_none(id=id_) is None, name
    (card,) = theirs["cards"]
    assert await scope.cards().filter(id=card).update(tier="gold") == 0
    assert await scope.cards().filter(id=card).select_for_update().first() is None
    assert await scope.deliveries().filter(id__in=theirs["deliveries"]).delete() == 0
    assert (await Card.get(id=card)).tier == ""
    assert await scope.cards().update(tier="gold") == 1
    assert await Card.filter(tier="gold").count() == 1


async def test_without_accounts_there_is_nothing(ctx: Context, database: str) -> None:
    await everything_of(ctx, "romashka", await someone(ctx, 1))
    assert not any((await seen(Scope.of([]))).values())
    assert not any((await seen(Scope.of([987654]))).values())


async def test_people_who_left_are_not_seen(ctx: Context, database: str) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    account = await everything_of(ctx, "romashka", anna, boris)
    scope = Scope.of([account.id])
    # The card is taken out of the pocket, the consents stand.
    await Card.filter(customer_id=anna.id).update(removed_at=ctx.clock())
    assert await scope.customers().count() == 2
    await scope.consent_states().filter(customer_id=anna.id).update(granted=False)
    assert [each.id for each in await scope.customers()] == [boris.id]
    await Customer.filter(id=boris.id).update(deleted_at=ctx.clock())
    assert await scope.customers().count() == 0


def test_rights_are_those_of_the_door() -> None:
    scope = Scope.of([1], "cards:read")
    assert scope.allows("cards:read")
    assert not scope.allows("cards:write")
    with pytest.raises(AttributeError):
        scope.accounts = frozenset({2})  # type: ignore[misc]


async def test_every_table_of_an_account_is_offered_or_private(database: str) -> None:
    scope = Scope.of([1])
    offered = {ask().model.__name__ for ask in asked_by(scope).values()}
    assert set(owned()) - offered == PRIVATE | HOUSE
    assert offered - set(owned()) == {"Customer"}
