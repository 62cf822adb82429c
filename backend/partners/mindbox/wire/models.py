"""An answer of Mindbox with whatever of it is read."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from backend.partners.mindbox.wire.loyalty import Action, Balance, Order, Promotion, Segment
from backend.partners.mindbox.wire.part import MAYBE, SEVERAL, Part, objects
from backend.partners.mindbox.wire.people import Card, Customer
from backend.partners.mindbox.wire.statuses import Status
from backend.partners.mindbox.wire.values import Amount, Text


class Processed(Part):
    processing_status: Text = ""


def _cards(value: Any) -> list[dict[str, Any]]:
    return objects(value, "discountCard")


class Answer(Part):
    """A success, or TransactionAlreadyProcessed, which says nothing of what was done then."""

    status: Text = ""
    customer: Annotated[Customer | None, MAYBE] = None
    discount_card: Annotated[Card | None, MAYBE] = None
    discount_cards: Annotated[list[Card], BeforeValidator(_cards)] = Field(default_factory=list)
    old_discount_card: Annotated[Card | None, MAYBE] = None
    new_discount_card: Annotated[Card | None, MAYBE] = None
    mobile_phone_confirmation: Annotated[Processed | None, MAYBE] = None
    sms_confirmation: Annotated[Processed | None, MAYBE] = None
    balances: Annotated[list[Balance], SEVERAL] = Field(default_factory=list)
    customer_actions: Annotated[list[Action], SEVERAL] = Field(default_factory=list)
    customer_actions_count: Amount = None
    orders: Annotated[list[Order], SEVERAL] = Field(default_factory=list)
    promo_actions: Annotated[list[Promotion], SEVERAL] = Field(default_factory=list)
    customer_segmentations: Annotated[list[Segment], SEVERAL] = Field(default_factory=list)

    @property
    def was_done_before(self) -> bool:
        return self.status == Status.ALREADY_PROCESSED
