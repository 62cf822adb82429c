"""A send of one brand to many people, in batches.

What is said to whom is its `plan`, frozen when it starts. The recipients are messages, with a
delivery each that waits unless they are held out, written in batches of customers:
`collected_up_to` is the last customer id that was looked at, so that a killed process goes on where
it stopped. They go out in the order of their messages: below `sent_up_to` nothing waits but what
was put off (`Delivery.due_at`).
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.brand import Brand
from models.message_purpose import MessagePurpose


class CampaignState(StrEnum):
    DRAFT = "draft"
    # Waits for somebody else than its author, where the account says so.
    IN_REVIEW = "in_review"
    # Waits for `starts_at`.
    SCHEDULED = "scheduled"
    COLLECTING = "collecting"
    SENDING = "sending"
    DONE = "done"
    # What still waited is stopped; `finished_at` says when that was done.
    CANCELLED = "cancelled"


# Of those that people hear from, or would if they were not paused.
GOING = (CampaignState.COLLECTING, CampaignState.SENDING)
# Of a person who is to hear nothing, so that it can be seen what the campaign did: Message.variant.
HELD_OUT = -1


class Campaign(Model):
    id = fields.BigIntField(primary_key=True)
    brand: fields.ForeignKeyRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="campaigns", on_delete=fields.RESTRICT, db_index=True
    )
    brand_id: int
    name = fields.CharField(max_length=200, default="", db_default="")
    purpose = fields.CharEnumField(
        MessagePurpose, max_length=16, default=MessagePurpose.PROMO, db_default="promo"
    )
    plan: fields.Field[dict[str, Any]] = fields.JSONField(default=dict, db_default={})
    # What the law on advertising wants to be told with it.
    advertiser = fields.CharField(max_length=300)
    inn = fields.CharField(max_length=12)
    erid = fields.CharField(max_length=64, default="")
    # The caller's own key: an order that is given twice is one campaign (migration 0017).
    once = fields.CharField(max_length=64, null=True)
    state = fields.CharEnumField(CampaignState, max_length=16, default=CampaignState.COLLECTING)
    # Nothing leaves while it stands.
    paused_at = fields.DatetimeField(null=True)
    starts_at = fields.DatetimeField(null=True)
    # Of one that comes again and again: the campaign that says when.
    series: fields.ForeignKeyNullableRelation["Campaign"] = fields.ForeignKeyField(
        "models.Campaign", related_name="runs", on_delete=fields.RESTRICT, null=True
    )
    series_id: int | None
    # Who wrote it and who let it go, as the audit trail names them.
    author = fields.CharField(max_length=64, default="", db_default="")
    approved_by = fields.CharField(max_length=64, default="", db_default="")
    approved_at = fields.DatetimeField(null=True)
    # Why it was not let go, until it is sent in again.
    refused = fields.CharField(max_length=1000, default="", db_default="")
    collected_up_to = fields.BigIntField(default=0)
    sent_up_to = fields.BigIntField(default=0, db_default=0)
    recipients = fields.IntField(default=0)
    held_out = fields.IntField(default=0, db_default=0)
    # How many of its messages have left as paid for, and why no more of them are.
    paid_messages = fields.BigIntField(default=0, db_default=0)
    paid_stopped = fields.CharField(max_length=200, default="", db_default="")
    created_at = fields.DatetimeField()
    started_at = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "campaigns"
