"""Rules of brands by which something that happens becomes a message to one person.

Trigger: which event, of whom, when and what is said. `wordings` are all that it ever said, the last
is what it says now: a message names its own by `Message.variant`. `since` is when it was switched:
what waited before was for what it was then.

TriggerWait: somebody to whom something happened, until it is their turn, and what became of it.
`once` names what happened: the same again makes no other. `about` names what it is about, so that
something newer takes its place. `data` says nothing of who the person is.

TriggerMark: the newest that is known of one thing of a person (the status of an order, whether a
balance stands above), so that what comes twice or late is told apart. `turn` counts its changes.

Product: something of a brand that may be gone and come back. Watch: somebody asked to be told then.
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.brand import Brand
from models.card import Card
from models.customer import Customer
from models.message_purpose import MessagePurpose

LONGEST_ONCE = 100
LONGEST_PRODUCT = 64
LONGEST_TITLE = 200


class TriggerEvent(StrEnum):
    """Stored, and named in the API: a name that was used once keeps its meaning."""

    BACK_IN_STOCK = "back_in_stock"
    ORDER_STATUS = "order_status"
    BALANCE_ABOVE = "balance_above"
    BIRTHDAY = "birthday"
    CARD_UNUSED = "card_unused"
    POINTS_EXPIRING = "points_expiring"
    TIER_CHANGED = "tier_changed"
    NEAR_STORE = "near_store"
    # Whatever the account's own system says has happened.
    PARTNER_EVENT = "partner_event"


class WaitState(StrEnum):
    WAITING = "waiting"
    # There is a message.
    FIRED = "fired"
    # There is none: `reason` says why.
    DROPPED = "dropped"


class Trigger(Model):
    id = fields.BigIntField(primary_key=True)
    brand: fields.ForeignKeyRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="triggers", on_delete=fields.RESTRICT
    )
    brand_id: int
    key = fields.CharField(max_length=64)
    name = fields.CharField(max_length=200)
    event = fields.CharEnumField(TriggerEvent, max_length=24)
    # What there is to say of such an event: docs/messages.md.
    options: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    # A segment's tree, of those whom it is for; null: of everybody.
    condition: fields.Field[dict[str, Any] | None] = fields.JSONField(null=True)
    delay_minutes = fields.IntField(default=0)
    # Later than this after its time nothing is said; null: as the event has it.
    stale_minutes = fields.IntField(null=True)
    # To one person in so many days; `most` 0: without bound.
    most = fields.IntField(default=0)
    most_days = fields.IntField(default=1)
    starts_at = fields.DatetimeField(null=True)
    ends_at = fields.DatetimeField(null=True)
    purpose = fields.CharEnumField(MessagePurpose, max_length=16)
    wordings: fields.Field[list[dict[str, Any]]] = fields.JSONField(default=list)
    cascade: fields.Field[list[dict[str, Any]]] = fields.JSONField(default=list)
    # Whether quiet hours and the caps of all advertising hold for it.
    quiet = fields.BooleanField(default=True)
    capped = fields.BooleanField(default=True)
    is_on = fields.BooleanField(default=False)
    since = fields.DatetimeField()
    # As the audit trail names them.
    author = fields.CharField(max_length=64, default="")
    created_at = fields.DatetimeField()
    # Taken away: it is switched off for good, what it said stays.
    removed_at = fields.DatetimeField(null=True)
    # Of events that the clock makes: the day that is looked through, and up to which card.
    looked_on = fields.DateField(null=True)
    looked_up_to = fields.BigIntField(null=True)

    class Meta:
        table = "triggers"
        unique_together = (("brand", "key"),)


class TriggerWait(Model):
    id = fields.BigIntField(primary_key=True)
    trigger: fields.ForeignKeyRelation[Trigger] = fields.ForeignKeyField(
        "models.Trigger", related_name="waits", on_delete=fields.RESTRICT
    )
    trigger_id: int
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="trigger_waits", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    card: fields.ForeignKeyNullableRelation[Card] = fields.ForeignKeyField(
        "models.Card", related_name="trigger_waits", on_delete=fields.RESTRICT, null=True
    )
    card_id: int | None
    once = fields.CharField(max_length=LONGEST_ONCE)
    about = fields.CharField(max_length=LONGEST_ONCE, default="")
    data: fields.Field[dict[str, str]] = fields.JSONField(default=dict)
    # Advertising stands behind all else.
    promo = fields.BooleanField()
    state = fields.CharEnumField(WaitState, max_length=16, default=WaitState.WAITING)
    reason = fields.CharField(max_length=64, default="")
    # When it happened, when it was written down, when it is its turn, when that was over.
    at = fields.DatetimeField()
    created_at = fields.DatetimeField()
    due_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "trigger_waits"
        unique_together = (("trigger", "once"),)


class TriggerMark(Model):
    id = fields.BigIntField(primary_key=True)
    brand: fields.ForeignKeyRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="trigger_marks", on_delete=fields.RESTRICT
    )
    brand_id: int
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="trigger_marks", on_delete=fields.RESTRICT
    )
    customer_id: int
    what = fields.CharField(max_length=LONGEST_ONCE)
    value = fields.CharField(max_length=64)
    turn = fields.IntField(default=1)
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "trigger_marks"
        unique_together = (("customer", "brand", "what"),)


class Product(Model):
    id = fields.BigIntField(primary_key=True)
    brand: fields.ForeignKeyRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="products", on_delete=fields.RESTRICT
    )
    brand_id: int
    # The brand's own.
    key = fields.CharField(max_length=LONGEST_PRODUCT)
    title = fields.CharField(max_length=LONGEST_TITLE)
    in_stock = fields.BooleanField()
    # As of when that is known; null: it was only asked for.
    told_at = fields.DatetimeField(null=True)

    class Meta:
        table = "products"
        unique_together = (("brand", "key"),)


class Watch(Model):
    id = fields.BigIntField(primary_key=True)
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="watches", on_delete=fields.RESTRICT
    )
    product_id: int
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="watches", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    created_at = fields.DatetimeField()

    class Meta:
        table = "watches"
        unique_together = (("product", "customer"),)
