"""Something to tell a customer, and the attempt chain per channel.

Message: `kind` names the wording (a Fluent key) and `data` its values, or `body` is given
word for word. `once` makes a repeated reaction find the message it already made. `campaign` is the
promo send that it belongs to.
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.brand import Brand
from models.campaign import Campaign
from models.card import Card
from models.customer import Customer


class MessagePurpose(StrEnum):
    PROMO = "promo"
    SERVICE = "service"
    TRANSACTION = "transaction"


class DeliveryState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"
    # The process died between request and answer: counted, shown, not repeated for promo.
    IN_DOUBT = "in_doubt"
    # The gate said no at the hand-over.
    STOPPED = "stopped"


class Message(Model):
    id = fields.BigIntField(primary_key=True)
    once = fields.CharField(max_length=128, unique=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="messages", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    brand: fields.ForeignKeyNullableRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="messages", on_delete=fields.RESTRICT, null=True
    )
    brand_id: int | None
    card: fields.ForeignKeyNullableRelation[Card] = fields.ForeignKeyField(
        "models.Card", related_name="messages", on_delete=fields.RESTRICT, null=True, db_index=True
    )
    card_id: int | None
    campaign: fields.ForeignKeyNullableRelation[Campaign] = fields.ForeignKeyField(
        "models.Campaign",
        related_name="messages",
        on_delete=fields.RESTRICT,
        null=True,
        db_index=True,
    )
    campaign_id: int | None
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
    # Whether its end stands in the facts (backend.analytics.count_deliveries).
    counted = fields.BooleanField(default=False, db_default=False)
    created_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "deliveries"
        unique_together = (("message", "channel"),)
