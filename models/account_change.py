"""What happened to an account's customers, cards, pools and offers, in one order.

AccountChange: `seq` goes up within an account and follows the commits, so that whoever has
read up to a number has read everything below it. Nothing is about a person but ids; rows go after
a set time.

AccountFeed: one row per account, held by the one who writes: the last number given, how far its
chain of consents has been told, and up to which number rows have gone.
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.account import Account


class ChangeKind(StrEnum):
    """Told to partners: a name that was used once keeps its meaning."""

    CARD_REGISTERED = "card.registered"
    CARD_REMOVED = "card.removed"
    CARD_BLOCKED = "card.blocked"
    CARD_UNBLOCKED = "card.unblocked"
    CARD_REPLACED = "card.replaced"
    CARD_INSTALLED = "card.installed"
    CARD_UNINSTALLED = "card.uninstalled"
    PROFILE_CHANGED = "profile.changed"
    CONTACT_VERIFIED = "contact.verified"
    CONTACT_LOST = "contact.lost"
    CONSENT_GIVEN = "consent.given"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    CUSTOMER_DELETED = "customer.deleted"
    CARD_ASSIGNED = "card.assigned"
    ASSIGNMENT_CLAIMED = "assignment.claimed"
    ASSIGNMENT_HINDERED = "assignment.hindered"
    ASSIGNMENT_EXPIRED = "assignment.expired"
    POOL_LOW = "pool.low"
    POOL_EMPTY = "pool.empty"
    JOB_ENDED = "job.ended"
    RESERVATIONS_EXPIRED = "reservations.expired"
    POINTS_ACCRUED = "points.accrued"
    POINTS_SPENT = "points.spent"
    POINTS_HELD = "points.held"
    POINTS_RELEASED = "points.released"
    POINTS_REVERSED = "points.reversed"
    POINTS_EXPIRED = "points.expired"
    POINTS_CORRECTED = "points.corrected"
    TIER_CHANGED = "tier.changed"
    OFFER_SUBMITTED = "offer.submitted"
    OFFER_RECALLED = "offer.recalled"
    OFFER_APPROVED = "offer.approved"
    OFFER_REFUSED = "offer.refused"
    OFFER_PUBLISHED = "offer.published"
    OFFER_PAUSED = "offer.paused"
    OFFER_RESUMED = "offer.resumed"
    OFFER_ARCHIVED = "offer.archived"
    # To webhooks that ask for it by name, and in no feed (backend/cascades/tell_states.py).
    MESSAGE_STATE_CHANGED = "message.state_changed"


class AccountFeed(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.OneToOneRelation[Account] = fields.OneToOneField(
        "models.Account", related_name="feed", on_delete=fields.RESTRICT
    )
    account_id: int
    seq = fields.BigIntField(default=0, db_default=0)
    consents_seq = fields.BigIntField(default=0, db_default=0)
    forgotten_seq = fields.BigIntField(default=0, db_default=0)

    class Meta:
        table = "account_feeds"


class AccountChange(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="changes", on_delete=fields.RESTRICT
    )
    account_id: int
    seq = fields.BigIntField()
    # A ChangeKind.
    kind = fields.CharField(max_length=32)
    # Of what it was made: the same is never told twice.
    origin = fields.CharField(max_length=64)
    at = fields.DatetimeField()
    # Null where it is about none, or about several.
    customer_id = fields.BigIntField(null=True)
    card_id = fields.BigIntField(null=True)
    # What partners are told.
    data: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)

    class Meta:
        table = "account_changes"
        unique_together = (("account", "seq"), ("account", "origin"))
