"""Events announced in the transaction that made them true, and their deliveries.

OutboxDelivery: one row per reaction, so that one failing reaction never repeats another. Of a
reaction that coalesces, one row per key waits or runs, and `event` is the newest that it stands
for. What the keys and counts mean is told in backend/outbox/reaction.py and attempt.py.
"""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class OutboxEvent(Model):
    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=64)
    payload: fields.Field[dict[str, Any]] = fields.JSONField()
    at = fields.DatetimeField()
    # Set when its delivery rows have been made, and with it the id that reactions see.
    fanned_out_at = fields.DatetimeField(null=True)
    # Whether it stands in the facts (backend.analytics.count_events).
    counted = fields.BooleanField(default=False, db_default=False)
    # Whether the feeds have been told of it (backend.changes.feed_events).
    fed = fields.BooleanField(default=False, db_default=False)
    uid = fields.UUIDField(null=True)

    class Meta:
        table = "outbox_events"


class OutboxDelivery(Model):
    id = fields.BigIntField(primary_key=True)
    event: fields.ForeignKeyRelation[OutboxEvent] = fields.ForeignKeyField(
        "models.OutboxEvent", related_name="deliveries", on_delete=fields.RESTRICT
    )
    event_id: int
    reaction = fields.CharField(max_length=64)
    order_key = fields.CharField(max_length=64, default="", db_default="")
    coalesce_key = fields.CharField(max_length=64, default="", db_default="")
    # Every attempt there ever was, and those of them that no longer count against the bound.
    attempts = fields.IntField(default=0)
    attempts_before = fields.IntField(default=0, db_default=0)
    # Not in a batch: the last one that it was in broke.
    alone = fields.BooleanField(default=False, db_default=False)
    available_at = fields.DatetimeField()
    dispatched_at = fields.DatetimeField(null=True)
    done_at = fields.DatetimeField(null=True)
    # Given up, or waiting for an operator to mend settings; `error` says which and why.
    failed_at = fields.DatetimeField(null=True)
    error = fields.CharField(max_length=300, default="")

    class Meta:
        table = "outbox_deliveries"
        unique_together = (("event", "reaction"),)
