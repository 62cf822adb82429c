"""Customers, as far as the account may know of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.customers.contacts.told_to_brands import contacts_told
from backend.customers.person.next_people import next_people
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import Query
from backend.web.api.v1.found_by import PeopleQuery, assigned_to, reached_by
from backend.web.api.v1.shared import instant, row_id, without_nothing
from models.contact import ContactKind
from models.customer import Customer
from models.refusal import Code, Refusal

DOOR = "api:v1/customers"
EXAMPLE: Mapping[str, Any] = {
    "id": 7301,
    "language": "ru",
    "city": "kazan",
    "phone": "+79161234567",
    "since": "2026-11-20T09:10:00Z",
}


class CustomerShown(BaseModel):
    """A person who carries a card of the account, or agreed to something of it."""

    id: int = Field(description="Of the customer.")
    language: str = Field(description="ru or en.")
    city: str | None = Field(default=None, description="The key of their city.")
    phone: str | None = Field(default=None, description="Confirmed, E.164; see above.")
    email: str | None = Field(default=None, description="Confirmed; see above.")
    since: str = Field(description="When they first came.")


async def _shown(asked: Asked, rows: Sequence[Customer]) -> list[Shown]:
    """The rows come with their cities."""
    told = await contacts_told(asked.ctx, asked.scope, rows)
    return [_customer(row, told[row.id]) for row in rows]


def _customer(row: Customer, contacts: Mapping[ContactKind, str]) -> dict[str, Any]:
    return without_nothing(
        {
            "id": row.id,
            "language": row.language,
            "city": row.city.key if row.city is not None else None,
            "phone": contacts.get(ContactKind.PHONE),
            "email": contacts.get(ContactKind.EMAIL),
            "since": instant(row.created_at),
        }
    )


async def every(asked: Asked) -> Answer:
    named: set[int] | None = None
    for ids in (await assigned_to(asked, "customer_id"), await reached_by(asked)):
        if ids is not None:
            named = set(ids) if named is None else named & set(ids)
    if named is None:
        return await _all(asked)
    found = asked.scope.customers(named)

    async def show(rows: Sequence[Customer]) -> list[Shown]:
        return await _shown(asked, rows)

    return await page(asked, found.select_related("city"), show)


async def _all(asked: Asked) -> Answer:
    """Whoever goes away on the way is not shown, and the list goes on behind them."""
    limit = asked.asks(PeopleQuery).limit
    ids = await next_people(asked.scope, asked.after or 0, limit + 1)
    found = asked.scope.customers(ids[:limit]).select_related("city").order_by("id")
    shown = {"items": await _shown(asked, await found)}
    return Answer(shown | ({"next": ids[limit - 1]} if len(ids) > limit else {}))


async def one(asked: Asked) -> Answer:
    found = asked.scope.customers([row_id(asked.path["customer"])])
    row = await found.select_related("city").first()
    if row is None:
        raise Refusal(Code.CUSTOMER_NOT_FOUND)
    return Answer((await _shown(asked, [row]))[0])


_ABOUT = (
    "A phone or an e-mail is shown, and found, while the person lets the account process their "
    "data, has confirmed it, and carries a card of a program that asks for it."
)
OPERATIONS = (
    Operation(
        "GET", "/customers", DOOR, Right.CUSTOMERS_READ, "Look up customers", every,
        CustomerShown, PeopleQuery, example=EXAMPLE, paged=True, about=_ABOUT,
    ),
    Operation(
        "GET", "/customers/{customer}", DOOR, Right.CUSTOMERS_READ, "Read a customer", one,
        CustomerShown, Query, example=EXAMPLE, etag=True, refusals=(Code.CUSTOMER_NOT_FOUND,),
        about=_ABOUT,
    ),
)  # fmt: skip
