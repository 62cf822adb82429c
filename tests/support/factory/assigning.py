"""Cards that a brand assigns to its customers, and people who follow the links."""

from backend.cards.assign.assign_card import Order, assign_card
from backend.cards.assign.named import Named
from backend.cards.assign.open_assignment import Next, follow_link
from backend.cards.assign.token import Purpose, token_of
from backend.cards.issue.application import current_application
from backend.cards.issue.apply import apply_for_assigned
from backend.cards.issue.issue_cards import Outcome, issue_cards
from backend.customers.contacts.save_contact import save_contact
from backend.platform.context import Context
from models.assignment import Assignment
from models.contact import ContactKind
from models.customer import Customer
from models.program import Program
from tests.support.factory.cards import consented
from tests.support.factory.customers import someone

NUMBER, ADDRESS = "+79161234567", "anna@example.ru"


async def assigned(
    ctx: Context,
    program: Program,
    own_id: str = "crm-1",
    *,
    phone: str = NUMBER,
    email: str = "",
    number: str | None = None,
    days: int | None = None,
) -> Assignment:
    """`number` is read and scanned alike."""
    pair = (number, number) if number is not None else None
    return await assign_card(ctx, program, Order(Named(own_id, phone, email), pair, days))


def link_token(ctx: Context, row: Assignment) -> str:
    return token_of(ctx.vault, Purpose.CLAIM, row.nonce)


async def proven(ctx: Context, chat: int, phone: str = NUMBER, email: str = "") -> Customer:
    """Somebody in the bot who has confirmed these."""
    customer = await someone(ctx, chat)
    if phone:
        await save_contact(ctx, customer, ContactKind.PHONE, phone, verified_by="telegram")
    if email:
        await save_contact(ctx, customer, ContactKind.EMAIL, email, verified_by="link")
    return customer


async def at_the_last_tap(ctx: Context, customer: Customer, row: Assignment) -> None:
    """The link was followed, and everything is agreed to."""
    opened = await follow_link(ctx, customer, link_token(ctx, row))
    assert opened.next is Next.APPLY, opened
    assert opened.offer is not None
    await apply_for_assigned(ctx, customer, opened.offer, opened.id)
    await consented(ctx, customer)


async def claimed(ctx: Context, customer: Customer, row: Assignment) -> Outcome:
    await at_the_last_tap(ctx, customer, row)
    return await last_tap(ctx, customer)


async def last_tap(ctx: Context, customer: Customer) -> Outcome:
    (outcome,) = await issue_cards(ctx, customer, await current_application(ctx, customer))
    return outcome
