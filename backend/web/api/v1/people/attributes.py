"""Attributes of customers: what an account's own system says of them."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.campaigns.audiences.tell_attributes import Told, tell_attributes, value_of
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.queries import Query
from backend.web.api.v1.people.customers import DOOR
from backend.web.api.v1.shared import row_id
from catalog.entries.messages.attribute import (
    MOST,
    MOST_PEOPLE,
    AttributesChanged,
    AttributesEntry,
    AttributesOfMany,
)
from models.refusal import Code, Refusal

_VALUES: Mapping[str, Any] = {"favourite_shelf": "tea", "lifetime_value": 12500.5, "vip": True}
EXAMPLE: Mapping[str, Any] = {"customer": 7301, "attributes": _VALUES}


class AttributesShown(BaseModel):
    """What your own system has told of a customer."""

    customer: int = Field(description="The id of the customer.")
    attributes: dict[str, str | bool | float] = Field(description="By keys of your own.")


class AttributesTold(BaseModel):
    """What became of them."""

    told: int = Field(description="Of how many people something is kept.")
    unknown: list[int] = Field(
        description="Places, from 0, of those who are no customers of yours: nothing is kept."
    )


async def _customer(asked: Asked) -> int:
    """Refuses with customer_not_found."""
    named = row_id(asked.path["customer"])
    if not await asked.scope.customers([named]).exists():
        raise Refusal(Code.CUSTOMER_NOT_FOUND)
    return named


async def _shown(asked: Asked) -> dict[str, Any]:
    account, customer = await asked.account(), await _customer(asked)
    found = asked.scope.attributes().filter(account_id=account.id, customer_id=customer)
    told = {row.key: value_of(row) for row in await found.order_by("key")}
    return {"customer": customer, "attributes": told}


async def one(asked: Asked) -> Answer:
    return Answer(await _shown(asked))


async def stands(asked: Asked) -> Mapping[str, Any]:
    await asked.account()
    await asked.scope.customers([await _customer(asked)]).select_for_update()
    return await _shown(asked)


async def replace(asked: Asked) -> Answer:
    values = asked.entered(AttributesEntry).attributes
    return await _tell(asked, Told(await _customer(asked), values, whole=True))


async def change(asked: Asked) -> Answer:
    body = asked.entered(AttributesChanged)
    return await _tell(asked, Told(await _customer(asked), body.attributes, body.clear))


async def _tell(asked: Asked, told: Told) -> Answer:
    account = await asked.account()
    if await tell_attributes(asked.ctx, asked.scope, account.id, [told]):
        raise Refusal(Code.CUSTOMER_NOT_FOUND)
    return Answer(await _shown(asked))


async def of_many(asked: Asked) -> Answer:
    account, items = await asked.account(), asked.entered(AttributesOfMany).items
    told = [Told(each.customer, each.attributes, each.clear) for each in items]
    unknown = await tell_attributes(asked.ctx, asked.scope, account.id, told)
    return Answer({"told": len(told) - len(unknown), "unknown": unknown})


_FAILS = (Code.CUSTOMER_NOT_FOUND, Code.TOO_MANY_ATTRIBUTES)
_PLACE = "/customers/{customer}/attributes"
_ABOUT = f"At most {MOST} of a customer. They go when the person takes their data back from you."
OPERATIONS = (
    Operation(
        "GET", _PLACE, DOOR, Right.CUSTOMERS_READ, "Read attributes of a customer", one,
        AttributesShown, Query, example=EXAMPLE, etag=True, refusals=(Code.CUSTOMER_NOT_FOUND,),
    ),
    Operation(
        "PUT", _PLACE, DOOR, Right.SEGMENTS, "Tell all attributes of a customer", replace,
        AttributesShown, Query, body=AttributesEntry, body_example={"attributes": _VALUES},
        example=EXAMPLE, etag=True, stands=stands, refusals=_FAILS, about=_ABOUT,
    ),
    Operation(
        "PATCH", _PLACE, DOOR, Right.SEGMENTS, "Change attributes of a customer", change,
        AttributesShown, Query, body=AttributesChanged,
        body_example={"attributes": {"vip": True}, "clear": ["favourite_shelf"]}, example=EXAMPLE,
        etag=True, stands=stands, refusals=_FAILS, about=_ABOUT,
    ),
    Operation(
        "POST", "/customers/attributes", DOOR, Right.SEGMENTS,
        "Change attributes of many customers", of_many, AttributesTold, Query,
        body=AttributesOfMany,
        body_example={"items": [{"customer": 7301, "attributes": {"vip": True}}]},
        example={"told": 1, "unknown": []}, refusals=(Code.TOO_MANY_ATTRIBUTES,),
        about=f"At most {MOST_PEOPLE} people at a time.",
    ),
)  # fmt: skip
