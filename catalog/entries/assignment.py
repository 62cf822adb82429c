"""A card that a brand assigns to a customer of its own: whom it is for, and which."""

from typing import Annotated, Any

from pydantic import Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator

from catalog.entries.number import NumberEntry
from catalog.entries.program import MOST_ASSIGNMENT_DAYS
from catalog.entries.values.contacts import Email, Phone
from catalog.entries.values.entry import Entry
from catalog.entries.values.scalars import Whole
from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import missing

LONGEST_OWN_ID = 128


class AssignmentEntry(Entry):
    """Whom a card is for, and which."""

    own_id: Annotated[str, Text(LONGEST_OWN_ID, "your own id of the customer")] = Field(
        description="Your own id of the customer.", examples=["crm-4711"]
    )
    phone: Annotated[str | None, Phone()] = Field(
        default=None,
        description="Whoever has confirmed this phone gets the card.",
        examples=["+79161234567"],
    )
    email: Annotated[str | None, Email()] = Field(
        default=None,
        validate_default=True,
        description="Or this address.",
        examples=["anna@example.ru"],
    )
    number: NumberEntry | None = Field(
        default=None, description="The card's number; one of the pool, if left out."
    )
    days: Annotated[int | None, Whole(1, MOST_ASSIGNMENT_DAYS)] = Field(
        default=None,
        description="How many days the card waits; as the program says, if left out.",
        examples=[30],
    )

    @field_validator("email", mode="wrap")
    @classmethod
    def _somebody(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        if given is not None:
            return handler(given)
        if info.data.get("phone", "") is None:
            raise missing("a phone or an e-mail of the customer")
        return None
