"""A brand with triggers, people with cards of it, and what becomes of them."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from backend.ledger.card import cards_by_id
from backend.ledger.order import LedgerCard
from backend.platform.context import Context
from backend.reactions import reactions
from backend.triggers.by_the_day import announce_days
from backend.triggers.fire import fire_due
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.card import Card, CardOrigin
from models.message import Delivery, Message
from models.message_purpose import MessagePurpose
from models.program import ProcessorKind
from models.trigger import Trigger, TriggerEvent, TriggerWait
from tests.support.factory.agreeing import Agreed, agreed
from tests.support.factory.brands import make_account, make_brand, make_program
from tests.support.factory.customers import someone, with_chat
from tests.support.outbox import run_due

_numbers = count(1)
At = tuple[Any, Any, Brand]
# What there is to say of each event, where a test says nothing else.
OPTIONS: Mapping[TriggerEvent, dict[str, Any]] = {
    TriggerEvent.BACK_IN_STOCK: {},
    TriggerEvent.ORDER_STATUS: {"statuses": ["ready"]},
    TriggerEvent.BALANCE_ABOVE: {"above": "600"},
    TriggerEvent.BIRTHDAY: {"days_before": 0},
    TriggerEvent.CARD_UNUSED: {"days": 14, "origins": []},
    TriggerEvent.POINTS_EXPIRING: {"days_before": 7},
    TriggerEvent.TIER_CHANGED: {"tiers": []},
    TriggerEvent.NEAR_STORE: {"radius_m": 300, "hours": 24},
    TriggerEvent.PARTNER_EVENT: {"name": "cart_left"},
}


async def a_shop(key: str = "romashka", **rules: Any) -> At:
    """Its points are kept by the built-in ledger."""
    account = await make_account(key)
    program = await make_program(
        account, f"{key}-club", processor=ProcessorKind.LEDGER, ledger=rules or {"lot_days": 365}
    )
    brand = await make_brand(program, key)
    await brand.fetch_related("program")
    return account, program, brand


async def a_trigger(
    ctx: Context, brand: Brand, event: TriggerEvent, text: str = "Для вас", **more: Any
) -> Trigger:
    """Switched on."""
    now, key = ctx.clock(), more.pop("key", event.value.replace("_", "-"))
    law = {"advertiser": "ООО", "inn": "1", "erid": ""}
    wording = {"content": {"ru": {"text": text}}, **law, "entered": law}
    values: dict[str, Any] = {
        "options": {**OPTIONS[event], **more.pop("options", {})},
        "purpose": MessagePurpose.PROMO,
        "cascade": [{"channel": "telegram"}],
        "wordings": [wording],
        "is_on": True,
    }
    return await Trigger.create(
        brand=brand, key=key, name=key, event=event, since=now, created_at=now, **values | more
    )


async def a_member(ctx: Context, at: At, **card: Any) -> tuple[Agreed, LedgerCard]:
    """Somebody in Telegram who allows its advertising, with a card."""
    number = next(_numbers)
    person = await with_chat(await someone(ctx), 7_000_000 + number)
    who = await agreed(ctx, at, customer=person)
    return who, await a_card(ctx, who, **card)


async def a_card(ctx: Context, who: Agreed, **more: Any) -> LedgerCard:
    printed = f"88{next(_numbers):06d}"
    card = await Card.create(
        customer=who.customer, program=who.program, brand=who.brand, printed_number=printed,
        barcode_value=printed, barcode_format=BarcodeFormat.CODE128, origin=CardOrigin.ISSUED,
        created_at=ctx.clock(), **more,
    )  # fmt: skip
    return (await cards_by_id([card.id]))[card.id]


async def react(ctx: Context) -> None:
    """Until nothing is left to do: what was announced, what the clock says, whose turn it is."""
    await run_due(ctx, reactions({}, ctx.clock))
    while await announce_days(ctx):
        continue
    for promo in (False, True):
        while await fire_due(ctx, promo=promo):
            continue


async def told(*, only: Trigger | None = None) -> list[tuple[int, str]]:
    """Whom something is said to, and by which trigger, in the order of the messages."""
    found = Message.filter(kind="trigger").order_by("id").select_related("trigger")
    return [
        (message.customer_id, message.trigger.key)
        for message in await found
        if message.trigger is not None and (only is None or message.trigger_id == only.id)
    ]


async def dropped() -> list[str]:
    """Why the others are told nothing."""
    found = await TriggerWait.filter(state="dropped").order_by("id")
    return [wait.reason for wait in found]


async def queued() -> list[Delivery]:
    return await Delivery.filter(message__kind="trigger").order_by("id").select_related("message")
