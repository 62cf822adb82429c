"""Where an account wants to be told of what happens, and what was sent there.

Webhook: `read_seq` is how far its feed has been read. While it fails, `rests_until` says when it is
tried again; what fails for days is paused, and goes on from where it was when it is resumed.

WebhookDelivery: one message to one webhook. `message_id` is the same at every attempt, `body` too.
Of one `order_key` the oldest that waits goes first.

WebhookAttempt: what was asked and answered, told in the log of deliveries.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.account import Account

LONGEST_ID = 16


class WebhookStatus(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    # The other side said that it is gone for good, or the account has taken it away.
    ENDED = "ended"


class WebhookState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class Webhook(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="webhooks", on_delete=fields.RESTRICT, db_index=True
    )
    account_id: int
    # By which it is named outside.
    public_id = fields.CharField(max_length=LONGEST_ID, unique=True)
    url = fields.CharField(max_length=2000)
    # Values of models.account_change.ChangeKind; none: all.
    kinds: fields.Field[list[str]] = fields.JSONField(default=list)
    # A WebhookStatus, and why it is so.
    status = fields.CharField(max_length=16, default="active")
    reason = fields.CharField(max_length=200, default="")
    created_at = fields.DatetimeField()
    read_seq = fields.BigIntField(default=0)
    # Turns without one success, since when, and until when it rests.
    failures = fields.IntField(default=0)
    failing_since = fields.DatetimeField(null=True)
    rests_until = fields.DatetimeField(null=True)
    # The Authorization header that the other side asks for, sealed; most ask for none.
    authorization = fields.BinaryField(null=True)

    class Meta:
        table = "webhooks"


class WebhookSecret(Model):
    id = fields.BigIntField(primary_key=True)
    webhook: fields.ForeignKeyRelation[Webhook] = fields.ForeignKeyField(
        "models.Webhook", related_name="secrets", on_delete=fields.RESTRICT, db_index=True
    )
    webhook_id: int
    sealed = fields.BinaryField()
    created_at = fields.DatetimeField()
    # The first moment at which nothing is signed with it; null: the newest.
    ends_at = fields.DatetimeField(null=True)

    class Meta:
        table = "webhook_secrets"


class WebhookDelivery(Model):
    id = fields.BigIntField(primary_key=True)
    webhook: fields.ForeignKeyRelation[Webhook] = fields.ForeignKeyField(
        "models.Webhook", related_name="deliveries", on_delete=fields.RESTRICT
    )
    webhook_id: int
    message_id = fields.CharField(max_length=40)
    kind = fields.CharField(max_length=32)
    order_key = fields.CharField(max_length=64, default="")
    body = fields.TextField()
    # A WebhookState.
    state = fields.CharField(max_length=16, default="waiting")
    created_at = fields.DatetimeField()
    available_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    first_tried_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "webhook_deliveries"
        unique_together = (("webhook", "message_id"),)
        indexes = (("webhook_id", "created_at"), ("ended_at",))


class WebhookAttempt(Model):
    id = fields.BigIntField(primary_key=True)
    delivery: fields.ForeignKeyRelation[WebhookDelivery] = fields.ForeignKeyField(
        "models.WebhookDelivery", related_name="tries", on_delete=fields.RESTRICT, db_index=True
    )
    delivery_id: int
    at = fields.DatetimeField()
    url = fields.CharField(max_length=2000)
    took_ms = fields.IntField()
    # What was answered: null and `error` where nothing was. The first 1,024 bytes of the body.
    status = fields.IntField(null=True)
    answer = fields.TextField(default="")
    error = fields.CharField(max_length=200, default="")

    class Meta:
        table = "webhook_attempts"
