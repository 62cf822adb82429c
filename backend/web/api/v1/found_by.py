"""Of whom an account asks: by its own id of them, or by a contact that it may know."""

from typing import Annotated

from pydantic import Field

from backend.access.rights import Right
from backend.cards.assign.named import own_indexes
from backend.customers.contacts.told_to_brands import contacts_told, whose_contact
from backend.web.api.asked import Asked
from backend.web.api.queries import ListQuery
from catalog.entries.assignment import LONGEST_OWN_ID
from catalog.entries.values.contacts import Email, Phone
from catalog.entries.values.texts import Text
from models.contact import ContactKind
from models.refusal import Code, Refusal


class PeopleQuery(ListQuery):
    """Which people."""

    own_id: Annotated[str | None, Text(LONGEST_OWN_ID)] = Field(
        default=None,
        description="Only who came for a card that you have assigned to this id of yours.",
        examples=["crm-4711"],
    )
    phone: Annotated[str | None, Phone()] = Field(
        default=None, description="Only who has confirmed it; E.164.", examples=["+79161234567"]
    )
    email: Annotated[str | None, Email()] = Field(
        default=None, description="Only who has confirmed it.", examples=["anna@example.ru"]
    )


async def assigned_to(asked: Asked, column: str) -> list[int] | None:
    """Of what was assigned to the id that is asked for; None when none is."""
    own_id = asked.asks(PeopleQuery).own_id
    if own_id is None:
        return None
    indexes = own_indexes(asked.ctx.vault, asked.scope.accounts, own_id)
    found = asked.scope.assignments().filter(own_index__in=indexes, customer_id__isnull=False)
    return [int(str(one)) for one in await found.values_list(column, flat=True)]


async def reached_by(asked: Asked) -> list[int] | None:
    """Ids of the customers of whom the account may know the contacts that are asked for: whoever
    else has them is not there. None when it asks for none. Refuses with scope_missing."""
    query = asked.asks(PeopleQuery)
    if (query.phone or query.email) and not asked.scope.allows(Right.CUSTOMERS_READ):
        raise Refusal(Code.SCOPE_MISSING, scope=Right.CUSTOMERS_READ.value)
    wanted = {ContactKind.PHONE: query.phone, ContactKind.EMAIL: query.email}
    found: set[int] | None = None
    for kind, value in wanted.items():
        if value is not None:
            who = set(await _who(asked, kind, value))
            found = who if found is None else found & who
    return None if found is None else sorted(found)


async def _who(asked: Asked, kind: ContactKind, value: str) -> list[int]:
    named = await whose_contact(asked.ctx, kind, value)
    people = await asked.scope.customers(named)
    told = await contacts_told(asked.ctx, asked.scope, people)
    return [customer for customer, contacts in told.items() if kind in contacts]
