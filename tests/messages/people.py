"""Members of «Ромашка», who carry its card and can be written to."""

from dataclasses import dataclass
from typing import Any

from backend.access.facade_settings import FacadeSettings
from backend.access.issue_facade import Callback, FacadeIssued, FacadeOrder, issue_facade
from backend.customers.contacts.save_contact import save_contact
from backend.messages.order import Sender
from backend.messages.sender import sender_of
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from models.account import Account
from models.brand import Brand
from models.card import Card
from models.contact import ContactKind
from models.customer import Customer
from models.facade import FacadeKind
from models.offer import Offer
from models.program import Program
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone

HOSTS = frozenset({"127.0.0.1"})


@dataclass(frozen=True, slots=True)
class Shop:
    account: Account
    program: Program
    brand: Brand
    offer: Offer


async def make_shop(key: str = "romashka", numbers: int = 30, **more: Any) -> Shop:
    account = await make_account(key)
    program = await make_program(account, f"{key}-club", numbers=numbers, **more)
    offer = await make_offer(program, key)
    return Shop(account, program, await Brand.get(id=offer.brand_id), offer)


async def member(
    ctx: Context, shop: Shop, chat: int, phone: str, *, ads: bool = True
) -> tuple[Customer, Card]:
    """They have confirmed the phone, and allow advertising or do not."""
    customer = await someone(ctx, chat)
    await save_contact(ctx, customer, ContactKind.PHONE, phone, verified_by="telegram")
    channels = ("telegram",) if ads else ()
    (outcome,) = await issued(ctx, customer, [shop.offer], channels=channels)
    assert outcome.card is not None
    return customer, outcome.card


async def facade(
    ctx: Context,
    shop: Shop,
    kind: FacadeKind = FacadeKind.KOSHELEK,
    callback: str = "",
    **settings: Any,
) -> FacadeIssued:
    order = FacadeOrder(
        shop.account,
        kind,
        settings=FacadeSettings.model_validate(settings),
        callback=Callback(callback, "karman", "тайна") if callback else None,
        http_hosts=HOSTS,
    )
    return await issue_facade(ctx.acting(OPERATOR, CLI), order)


async def sender(ctx: Context, shop: Shop, callback: str = "", **settings: Any) -> Sender:
    return await sender_of((await facade(ctx, shop, callback=callback, **settings)).login)
