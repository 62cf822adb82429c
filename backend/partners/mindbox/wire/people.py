"""Customers and their cards, as answers show them."""

from typing import Annotated

from pydantic import Field

from backend.partners.mindbox.wire.part import MAYBE, SEVERAL, Named, Part
from backend.partners.mindbox.wire.statuses import Found
from backend.partners.mindbox.wire.values import (
    Day,
    Fields,
    Flag,
    Ids,
    Moment,
    SystemName,
    Text,
    named,
)


class Subscription(Part):
    brand: Text = ""
    point_of_contact: Text = ""
    topic: Text = ""
    is_subscribed: Flag = False


class Customer(Part):
    """Only what is filled comes back."""

    processing_status: Text = ""
    ids: Ids = Field(default_factory=dict)
    last_name: Text = ""
    first_name: Text = ""
    middle_name: Text = ""
    mobile_phone: Text = ""
    is_mobile_phone_confirmed: Flag = False
    is_mobile_phone_invalid: Flag = False
    pending_mobile_phone: Text = ""
    email: Text = ""
    is_email_confirmed: Flag = False
    is_email_invalid: Flag = False
    pending_email: Text = ""
    birth_date: Day = None
    sex: Text = ""
    area: Annotated[Named | None, MAYBE] = None
    subscriptions: Annotated[list[Subscription], SEVERAL] = Field(default_factory=list)
    custom_fields: Fields = Field(default_factory=dict)
    change_date_time_utc: Moment = None
    authentication_ticket: Text = ""

    @property
    def is_known(self) -> bool:
        """Operations that find say so; others show the ids of whom they worked on."""
        return self.processing_status != Found.NOT_FOUND and (
            self.processing_status == Found.FOUND or bool(self.ids)
        )

    def id(self, name: str) -> str:
        return named(self.ids, name) or ""


class Card(Part):
    processing_status: Text = ""
    ids: Ids = Field(default_factory=dict)
    status: SystemName = ""
    type: Annotated[Named | None, MAYBE] = None
    custom_fields: Fields = Field(default_factory=dict)

    def number(self, id_name: str = "number") -> str:
        return named(self.ids, id_name) or ""

    @property
    def type_id(self) -> str:
        return "" if self.type is None else named(self.type.ids, "externalId") or ""
