"""What RetailCRM answers, as far as it is read: unknown fields are passed over, missing ones empty.

Times are `2026-11-27 15:04:05` by the clock of the account, without a zone.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel


def _mapping(value: Any) -> Any:
    """PHP writes an empty mapping as an empty list."""
    return {} if value in (None, []) else value


def _exact(value: Any) -> Any:
    """Of JSON's number the digits that were written."""
    return str(value) if isinstance(value, float) else value


def _moment(value: Any) -> Any:
    return datetime.strptime(value, "%Y-%m-%d %H:%M:%S") if isinstance(value, str) else value  # noqa: DTZ007


Fields = Annotated[Mapping[str, Any], BeforeValidator(_mapping)]
Amount = Annotated[Decimal, BeforeValidator(_exact)]
Moment = Annotated[datetime, BeforeValidator(_moment)]


class Answer(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        coerce_numbers_to_str=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nothing(cls, told: Any) -> Any:
        """What is null was not told."""
        if not isinstance(told, dict):
            return told
        return {name: value for name, value in told.items() if value is not None}


class Phone(Answer):
    number: str = ""


class Customer(Answer):
    id: int
    external_id: str = ""
    site: str = ""
    first_name: str = ""
    last_name: str = ""
    patronymic: str = ""
    email: str = ""
    phones: Sequence[Phone] = ()
    custom_fields: Fields = Field(default_factory=dict)


class Whose(Answer):
    """Of a customer what an account or an order says."""

    id: int = 0
    external_id: str = ""
    site: str = ""


class Level(Answer):
    id: int = 0
    name: str = ""
    type: str = ""


class Program(Answer):
    id: int = 0


class LoyaltyAccount(Answer):
    """`status`: activated, deactivated or not_confirmed; older answers have `active` alone."""

    id: int = 0
    active: bool = False
    status: str = ""
    phone_number: str = ""
    card_number: str = ""
    amount: Amount = Decimal(0)
    level: Level | None = None
    loyalty: Program | None = None
    customer: Whose = Whose()


class Loyalty(Answer):
    """A loyalty program. The first two say that RetailCRM sends an SMS of its own."""

    id: int
    name: str = ""
    confirm_sms_registration: bool = False
    confirm_sms_charge: bool = False
    active: bool = False
    blocked: bool = False
    currency: str = ""


class OfOrder(Answer):
    id: int = 0
    external_id: str = ""
    number: str = ""


class BonusOperation(Answer):
    """`amount` below zero was spent."""

    type: str
    created_at: Moment
    amount: Amount
    order: OfOrder | None = None


class Order(Answer):
    id: int
    number: str = ""
    external_id: str = ""
    site: str = ""
    status: str = ""
    created_at: Moment
    total_summ: Amount = Decimal(0)
    currency: str = ""
    shipment_store: str = ""
    customer: Whose = Whose()
    # Of those who may order for a company: the person.
    contact: Whose | None = None


class Credentials(Answer):
    """What a key may: names such as /api/customers/create, and the sites that it sees."""

    credentials: Sequence[str] = ()
    sites: Sequence[str] = Field(
        default=(), validation_alias=AliasChoices("sitesAvailable", "sites")
    )
    site_access: str = ""


T = TypeVar("T", bound=Answer)
