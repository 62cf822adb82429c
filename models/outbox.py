"""Events announced in the transaction that made them true, and their deliveries.

OutboxDelivery: one row per reaction, so that one failing reaction never repeats another.
"""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class OutboxEvent(Model):
    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=64)
    payload: fields.Field[dict[str, Any]] = fields.JSONField()
    at = fields.DatetimeField()
    # Set when one delivery row per reaction has been made.
    fanned_out_at = fields.DatetimeField(null=True)

    class Meta:
        table = "outbox_events"


class OutboxDelivery(Model):
    id = fields.BigIntField(primary_key=True)
    event: fields.ForeignKeyRelation[OutboxEvent] = fields.ForeignKeyField(
        "models.OutboxEvent", related_name="deliveries", on_delete=fields.RESTRICT
    )
    event_id: int
    reaction = fields.CharField(max_length=64)
    attempts = fields.IntField(default=0)
    available_at = fields.DatetimeField()
    dispatched_at = fields.DatetimeField(null=True)
    done_at = fields.DatetimeField(null=True)
    # Given up, or waiting for an operator to mend settings; `error` says which and why.
    failed_at = fields.DatetimeField(null=True)
    error = fields.CharField(max_length=300, default="")

    class Meta:
        table = "outbox_deliveries"
        unique_together = (("event", "reaction"),)
