"""What Bitrix answers, as far as it is read: unknown fields are passed over, missing ones empty."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


def _exact(value: Any) -> Any:
    """Of JSON's number the digits that were written."""
    return str(value) if isinstance(value, float) else value


Amount = Annotated[Decimal, BeforeValidator(_exact)]


class Answer(BaseModel):
    model_config = ConfigDict(
        extra="ignore", frozen=True, populate_by_name=True, coerce_numbers_to_str=True
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nothing(cls, told: Any) -> Any:
        """What is null or empty was not told."""
        if not isinstance(told, dict):
            return told
        return {name: value for name, value in told.items() if value not in (None, "")}


class Property(Answer):
    code: str = ""
    value: Any = ""


class Order(Answer):
    id: str
    number: str = Field(default="", alias="accountNumber")
    price: Amount = Decimal(0)
    currency: str = ""
    inserted: datetime = Field(alias="dateInsert")
    status: str = Field(default="", alias="statusId")
    payed: str = ""
    canceled: str = ""
    properties: Sequence[Property] = Field(default=(), alias="propertyValues")

    def value_of(self, code: str) -> str:
        found = (str(each.value) for each in self.properties if each.code == code and each.value)
        return next(found, "")


class Deal(Answer):
    id: str = Field(alias="ID")
    title: str = Field(default="", alias="TITLE")
    amount: Amount = Field(default=Decimal(0), alias="OPPORTUNITY")
    currency: str = Field(default="", alias="CURRENCY_ID")
    stage: str = Field(default="", alias="STAGE_ID")
    # S: won, F: lost, P: under way.
    semantic: str = Field(default="", alias="STAGE_SEMANTIC_ID")
    contact: str = Field(default="", alias="CONTACT_ID")
    created: datetime = Field(alias="DATE_CREATE")


class Value(Answer):
    value: str = Field(default="", alias="VALUE")


class Contact(Answer):
    phones: Sequence[Value] = Field(default=(), alias="PHONE")
