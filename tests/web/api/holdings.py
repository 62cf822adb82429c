"""What an account has, by what stands in a path."""

from backend.access.issue_key import KeyOrder, issue_key
from backend.access.rights import Right
from backend.campaigns.start_campaign import plan_of
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from backend.webhooks.subscribe import WebhookOrder, subscribe
from catalog.questions.questionnaire import field_to_json
from models.campaign import Campaign, CampaignState
from models.card import Card
from models.card_design import CardDesign
from models.connection import Connection
from models.consent_document import ConsentDocument
from models.job import Job, JobForm, JobKind, JobState
from models.message_purpose import MessagePurpose
from models.number_reservation import NumberReservation, ReservationState
from models.offer import Offer
from models.pool_number import PoolNumber
from models.program import ProcessorKind, Program
from models.segment import CardList, Segment
from models.template import MessageTemplate, SampleReader
from models.trigger import Product, TriggerEvent, Watch
from tests.support.caller import Caller
from tests.support.factory.agreeing import agreed
from tests.support.factory.assigning import assigned
from tests.support.factory.brands import NAME, make_program, shop
from tests.support.factory.cards import issued
from tests.triggers.given import a_trigger


async def holdings(ctx: Context, duty: Caller, name: str = "vasilek") -> dict[str, str]:
    """Of the account of this name; `duty` has the operator's key."""
    own = f"{name}-own"
    account, program, brand = await shop(name)
    boris = (await agreed(ctx, (account, program, brand))).customer
    (outcome,) = await issued(ctx, boris, [await Offer.get(brand_id=brand.id)])
    assert outcome.card is not None
    points = await make_program(account, f"{name}-points", processor=ProcessorKind.LEDGER)
    # As an entry has it: something is always asked.
    asked = [field_to_json(NAME)]
    await Program.filter(account_id=account.id).update(questionnaire=asked)
    await Card.filter(id=outcome.card.id).update(program_id=points.id)
    await Offer.filter(brand_id=brand.id).update(key=f"{name}-welcome")
    store = {"key": "kazan-1", "city": "kazan", "address": "x", "lat": 55.79, "lon": 49.11}
    assert (await duty.post(f"/brands/{name}/stores", store)).status == 201
    document = await ConsentDocument.filter(account_id=account.id, language="ru").first()
    assert document is not None
    order = KeyOrder(account.id, own, frozenset({Right.KEYS}))
    key = await issue_key(ctx.acting(OPERATOR, CLI), order)
    job = await Job.create(
        account=account, kind=JobKind.NUMBERS, form=JobForm.CSV, state=JobState.QUEUED,
        program=program, actor_kind="operator", door="cli", created_at=ctx.clock(),
    )  # fmt: skip
    number = await PoolNumber.filter(program_id=program.id).first()
    reservation = await NumberReservation.create(
        program=program, number=number, state=ReservationState.RELEASED,
        created_at=ctx.clock(), expires_at=ctx.clock(),
    )  # fmt: skip
    hook = await subscribe(ctx, WebhookOrder(account.id, f"https://{name}.example/hook"))
    now = ctx.clock()
    await Segment.create(account=account, key=own, name="n", created_at=now)
    await CardList.create(account=account, key=own, name="n", created_at=now, changed_at=now)
    connection = await Connection.create(
        account=account, key=own, vendor="mindbox", sealed=b"x", created_at=ctx.clock()
    )
    campaign = await Campaign.create(
        brand=brand, state=CampaignState.DRAFT, plan=plan_of("Чай", None), advertiser="a",
        inn="0000012341", created_at=ctx.clock(),
    )  # fmt: skip
    template = await MessageTemplate.create(
        account=account, key=own, name="n", purpose=MessagePurpose.PROMO,
        content={"ru": {"text": "Чай"}}, created_at=ctx.clock(), changed_at=ctx.clock(),
    )  # fmt: skip
    await SampleReader.create(account=account, customer=boris, created_at=ctx.clock())
    trigger = await a_trigger(ctx, brand, TriggerEvent.BIRTHDAY)
    product = await Product.create(brand=brand, key=own, title="t", in_stock=False)
    watch = await Watch.create(product=product, customer=boris, created_at=ctx.clock())
    await CardDesign.create(
        program=points, number=1, design={"primary": "#1F6F50", "secondary": "#F4C95D"}, made_at=now
    )
    return {
        "trigger": str(trigger.id),
        "watch": str(watch.id),
        "account": account.key,
        "assignment": str((await assigned(ctx, program)).id),
        "program": program.key,
        "reservation": str(reservation.id),
        "brand": brand.key,
        "offer": "welcome",
        "store": "kazan-1",
        "campaign": str(campaign.id),
        "card": str(outcome.card.id),
        "customer": str(boris.id),
        "document": str(document.id),
        "job": str(job.id),
        "key": key.key.public_id,
        "webhook": hook.webhook.public_id,
        "connection": connection.key,
        "template": template.key,
        "segment": own,
        "version": "1",
        "list": own,
    }
