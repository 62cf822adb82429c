"""«My data»: what the person waits for, what brands' triggers are about to tell, and what is known
so that it is told once."""

from backend.customers.my_data.held_values import Json, at, named
from backend.platform.context import Context
from models.customer import Customer
from models.trigger import TriggerMark, TriggerWait, Watch


async def watches(_ctx: Context, customer: Customer) -> list[Json]:
    found = Watch.filter(customer_id=customer.id).order_by("id").select_related("product__brand")
    return [
        {
            "brand": named(each.product.brand, customer),
            "product": each.product.title,
            "created_at": at(each.created_at),
        }
        for each in await found
    ]


async def turns(_ctx: Context, customer: Customer) -> list[Json]:
    found = TriggerWait.filter(customer_id=customer.id).order_by("id")
    return [
        {
            "brand": named(each.trigger.brand, customer),
            "kind": each.trigger.event.value,
            "card": each.card_id,
            "about": each.about or each.once,
            "data": each.data,
            "state": each.state.value,
            "reason": each.reason,
            "at": at(each.at),
            "due_at": at(each.due_at),
            "ended_at": at(each.ended_at),
        }
        for each in await found.select_related("trigger__brand")
    ]


async def known_of(_ctx: Context, customer: Customer) -> list[Json]:
    found = TriggerMark.filter(customer_id=customer.id).order_by("id").select_related("brand")
    return [
        {
            "brand": named(each.brand, customer),
            "about": each.what,
            "value": each.value,
            "at": at(each.at),
        }
        for each in await found
    ]
