"""Something to tell a customer, and the attempt chain per channel.

Message: `kind` names the wording (a Fluent key) and `data` its values, or `body` is given
word for word. `once` makes a repeated reaction find the message it already made.

Of a campaign there may be millions: what all of them say stands in the campaign, `kind` is
CAMPAIGN, `data` holds what was said to this person alone, `variant` which of the campaign's
wordings they got (HELD_OUT: none), and `once` is null: the campaign's row is what makes them once.
Of a trigger `kind` is TRIGGER, with `data` and `variant` alike.

Delivery: `step` counts the channels of a cascade. `due_at`: put off, not to be tried before; null
while nothing has stood in its way. `digest_at`: of somebody who wants advertising once a day, the
message of the day in which it waits, or has left. What the other side says of it once it was
handed over is `reported`; `ask_at`: when a gateway is asked for it next. `next_at`: when the next
channel of the cascade has its turn, unless it has arrived by then (backend/cascades).
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.brand import Brand
from models.campaign import Campaign
from models.card import Card
from models.customer import Customer
from models.message_purpose import MessagePurpose
from models.trigger import Trigger


class DeliveryState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"
    # The process died between request and answer: counted, shown, not repeated for promo.
    IN_DOUBT = "in_doubt"
    # The gate said no at the hand-over.
    STOPPED = "stopped"


class Reported(StrEnum):
    """What became of a message after it was handed over. Each outweighs those before it, so that
    reports may come late, twice and in any order."""

    # Asked for days, and nobody knew.
    UNKNOWN = "unknown"
    UNDELIVERED = "undelivered"
    # A letter that came back.
    BOUNCED = "bounced"
    DELIVERED = "delivered"


# `kind` of what a campaign says, and a trigger.
CAMPAIGN = "campaign"
TRIGGER = "trigger"
# Of what an account tries out on somebody who wants to see it.
SAMPLE = "sample"


class Message(Model):
    id = fields.BigIntField(primary_key=True)
    once = fields.CharField(max_length=128, null=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="messages", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    brand: fields.ForeignKeyNullableRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="messages", on_delete=fields.RESTRICT, null=True
    )
    brand_id: int | None
    card: fields.ForeignKeyNullableRelation[Card] = fields.ForeignKeyField(
        "models.Card", related_name="messages", on_delete=fields.RESTRICT, null=True
    )
    card_id: int | None
    campaign: fields.ForeignKeyNullableRelation[Campaign] = fields.ForeignKeyField(
        "models.Campaign",
        related_name="messages",
        on_delete=fields.RESTRICT,
        null=True,
    )
    campaign_id: int | None
    trigger: fields.ForeignKeyNullableRelation[Trigger] = fields.ForeignKeyField(
        "models.Trigger", related_name="messages", on_delete=fields.RESTRICT, null=True
    )
    trigger_id: int | None
    variant = fields.SmallIntField(null=True)
    purpose = fields.CharEnumField(MessagePurpose, max_length=16)
    kind = fields.CharField(max_length=64)
    data: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    body = fields.TextField(default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "messages"


class Delivery(Model):
    id = fields.BigIntField(primary_key=True)
    message: fields.ForeignKeyRelation[Message] = fields.ForeignKeyField(
        "models.Message", related_name="deliveries", on_delete=fields.RESTRICT
    )
    message_id: int
    channel = fields.CharField(max_length=16)
    state = fields.CharEnumField(DeliveryState, max_length=16, default=DeliveryState.QUEUED)
    attempts = fields.IntField(default=0)
    provider_id = fields.CharField(max_length=128, default="")
    reason = fields.CharField(max_length=200, default="")
    cost_kopecks = fields.IntField(default=0)
    step = fields.SmallIntField(default=0, db_default=0)
    # Whether it is advertising: what somebody waits for is never looked for among it.
    promo = fields.BooleanField(default=False, db_default=False)
    due_at = fields.DatetimeField(null=True)
    digest_at = fields.DatetimeField(null=True)
    reported = fields.CharEnumField(Reported, max_length=16, null=True)
    reported_at = fields.DatetimeField(null=True)
    ask_at = fields.DatetimeField(null=True)
    next_at = fields.DatetimeField(null=True)
    # Whether its end stands in the facts (backend.analytics.count_deliveries).
    counted = fields.BooleanField(default=False, db_default=False)
    created_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "deliveries"
        unique_together = (("message", "channel"),)
