"""Many people who have answered and agreed, and the next of them in line."""

import os
from datetime import datetime

from backend.cards.issue.application import seal_answers
from backend.platform.context import Context
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import SERVICE_KEYS, Vault
from models.application import Application
from models.contact import Contact, ContactKind, contact_place
from models.customer import Customer
from tests.support.contexts import context
from tests.support.factory.brands import NAME, PHONE, make_account, make_offer, make_program
from tests.support.factory.cards import applied
from tests.support.factory.customers import someone

PHONE_PLACE = contact_place(ContactKind.PHONE)
BATCH = 1000


def new_context() -> Context:
    service = {name: os.urandom(32) for name in SERVICE_KEYS}
    return context(Vault(MasterKeys(current=os.urandom(32)), service))


async def fill(ctx: Context, people: int) -> None:
    """A shop with a number for each. Анна walks the whole way up to the last tap, the others
    are made after her: customer and application have the same id."""
    program = await make_program(await make_account(), fields=(PHONE, NAME), numbers=people)
    offer = await make_offer(program)
    anna = await someone(ctx, 1)
    answers = {"phone": "+79161234567", "given_name": "Анна"}
    await applied(ctx, anna, [offer], answers=answers, channels=("telegram",))
    example = await Application.get()
    for start in range(0, people, BATCH):
        await _add_people(ctx, example, range(start, min(start + BATCH, people)))


async def _add_people(ctx: Context, example: Application, numbers: range) -> None:
    now = ctx.clock()
    newest = (await Customer.all().order_by("-id").first()) or Customer(id=0)
    await Customer.bulk_create(
        Customer(
            language="ru",
            data_key=ctx.vault.new_data_key(),
            created_at=now,
        )
        for _ in numbers
    )
    made = await Customer.filter(id__gt=newest.id).order_by("id")
    await Contact.bulk_create(_phone(ctx, customer, now) for customer in made)
    await Application.bulk_create(_copy(ctx, example, customer) for customer in made)
    same = await Application.filter(customer_id=made[-1].id).first()
    assert same is not None
    assert same.id == made[-1].id


def _phone(ctx: Context, customer: Customer, now: datetime) -> Contact:
    number = f"+7916{customer.id:07d}"
    assert customer.data_key is not None
    return Contact(
        customer_id=customer.id,
        kind=ContactKind.PHONE,
        sealed=ctx.vault.seal_json(customer.data_key, number, PHONE_PLACE),
        blind_index=ctx.vault.blind_index("phone", number),
        verified_at=now,
        verified_by="telegram",
        created_at=now,
    )


def _copy(ctx: Context, example: Application, customer: Customer) -> Application:
    return Application(
        customer_id=customer.id,
        offer_ids=example.offer_ids,
        questions=example.questions,
        step=example.step,
        answers=seal_answers(ctx, customer, {"given_name": "Анна"}),
        choices=example.choices,
        created_at=example.created_at,
        updated_at=example.updated_at,
    )
