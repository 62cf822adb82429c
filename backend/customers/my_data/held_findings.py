"""«My data»: cards that are being added, how often numbers were tried, which are waited for."""

from backend.cards.plastic.seen_card import FINDING
from backend.customers.my_data.held_values import Json, at, named
from backend.platform.context import Context
from models.card_finding import CardFinding, NumberTry
from models.customer import Customer
from models.number_wait import NumberWait


async def findings(ctx: Context, customer: Customer) -> list[Json]:
    return [
        {
            "seen": FINDING.open(ctx, customer, each.sealed),
            "offer": each.offer_id,
            "asked_again_at": at(each.ask_at),
            "created_at": at(each.created_at),
        }
        for each in await CardFinding.filter(customer_id=customer.id).order_by("id")
    ]


async def tries(_ctx: Context, customer: Customer) -> list[Json]:
    return [
        {"tried_at": at(each.tried_at)}
        for each in await NumberTry.filter(customer_id=customer.id).order_by("id")
    ]


async def waits(_ctx: Context, customer: Customer) -> list[Json]:
    found = NumberWait.filter(customer_id=customer.id).order_by("id").select_related("program")
    return [
        {"program": named(each.program, customer), "created_at": at(each.created_at)}
        for each in await found
    ]
