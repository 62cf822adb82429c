"""Balances, orders and promotions, as answers show them."""

from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field

from backend.partners.mindbox.wire.part import MAYBE, SEVERAL, Named, Part, objects
from backend.partners.mindbox.wire.values import (
    Amount,
    Fields,
    Flag,
    Ids,
    Moment,
    SystemName,
    Text,
    named,
)


class Balance(Part):
    """`totalValue` of the methods, `total` of the chat-bots; the order of balances is not
    promised, so they are told apart by `system_name`."""

    total: Amount = Field(None, validation_alias=AliasChoices("totalValue", "total"))
    available: Amount = Field(None, validation_alias=AliasChoices("availableValue", "available"))
    blocked: Amount = Field(None, validation_alias=AliasChoices("blockedValue", "blocked"))
    own_name: Text = Field("", validation_alias="systemName")
    balance_type: Annotated[Named | None, MAYBE] = None

    @property
    def system_name(self) -> str:
        ids = {} if self.balance_type is None else self.balance_type.ids
        return named(ids, "systemName") or self.own_name


class BalanceChange(Part):
    change_amount: Amount = None
    expiration_date_time_utc: Moment = None
    available_from_date_time_utc: Moment = None
    is_available: Flag = True
    comment: Text = ""
    balance_change_kind: SystemName = ""
    balance_type: Annotated[Named | None, MAYBE] = None

    @property
    def system_name(self) -> str:
        return "" if self.balance_type is None else named(self.balance_type.ids, "systemName") or ""


def _changes(value: Any) -> list[dict[str, Any]]:
    return objects(value, "customerBalanceChange")


class Action(Part):
    """Something that happened to a customer, with what it did to the balances."""

    ids: Ids = Field(default_factory=dict)
    date_time_utc: Moment = None
    order: Annotated[Named | None, MAYBE] = None
    customer_balance_changes: Annotated[list[BalanceChange], BeforeValidator(_changes)] = Field(
        default_factory=list
    )


class OrderPoints(Part):
    earned_amount: Amount = None
    spent_amount: Amount = None
    balance_type: Annotated[Named | None, MAYBE] = None


class Order(Part):
    ids: Ids = Field(default_factory=dict)
    total_price: Amount = None
    create_date_time_utc: Moment = None
    first_point_of_contact: Annotated[Named | None, MAYBE] = None
    points: Annotated[list[OrderPoints], SEVERAL] = Field(
        default_factory=list,
        validation_alias=AliasChoices(
            "bonusPointsInfoPerBalanceType", "bonusPointsInfoPerBalanceTypes"
        ),
    )


class Promotion(Part):
    ids: Ids = Field(default_factory=dict)
    name: Text = ""
    description: Text = ""
    start_date_time_utc: Moment = None
    end_date_time_utc: Moment = None
    promo_codes: Annotated[list[Named], SEVERAL] = Field(default_factory=list)
    custom_fields: Fields = Field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """Of this customer alone, the oldest first; five at most."""
        return [each.ids["value"] for each in self.promo_codes if "value" in each.ids]


class Segment(Part):
    segmentation: Annotated[Named | None, MAYBE] = None
    segment: Annotated[Named | None, MAYBE] = None
