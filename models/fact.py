"""What happened, counted by day: nothing in it is about a person.

Fact: `account_id` and `brand_id` are 0 where no account or no brand stands behind it. `day` is the
account's own (UTC where there is none). `source` is the label that a card or a person came by, or
the purpose of a consent or a message; `channel` what it went through or was about. Rows are only
ever added to.

LedgerRead: how far the chain of a controller's consents has been counted (ConsentLink.seq).
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.account import Account


class FactKind(StrEnum):
    CARD_ISSUED = "card_issued"
    CARD_DUPLICATED = "card_duplicated"
    CARD_ASSIGNED = "card_assigned"
    CARD_REMOVED = "card_removed"
    PROFILE_REFRESHED = "profile_refreshed"
    # Per channel for advertising; the purpose stands in `source`.
    CONSENT_GRANTED = "consent_granted"
    CONSENT_DECLINED = "consent_declined"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    # With what they cost.
    MESSAGE_DELIVERED = "message_delivered"
    MESSAGE_FAILED = "message_failed"
    MESSAGE_STOPPED = "message_stopped"
    MESSAGE_IN_DOUBT = "message_in_doubt"
    # Of those delivered: by a further channel, to somebody who had it by another already.
    MESSAGE_AGAIN = "message_again"
    # Of those delivered, as the other side reported later.
    MESSAGE_ARRIVED = "message_arrived"
    MESSAGE_LOST = "message_lost"
    CUSTOMER_JOINED = "customer_joined"
    CUSTOMER_DELETED = "customer_deleted"
    CONTACT_VERIFIED = "contact_verified"
    POOL_RAN_LOW = "pool_ran_low"
    POOL_RAN_EMPTY = "pool_ran_empty"
    # With what was paid, or paid back; who told of it stands in `source`.
    SALE_RECORDED = "sale_recorded"
    SALE_RETURNED = "sale_returned"


class Fact(Model):
    id = fields.BigIntField(primary_key=True)
    account_id = fields.BigIntField(default=0)
    brand_id = fields.BigIntField(default=0)
    day = fields.DateField()
    kind = fields.CharEnumField(FactKind, max_length=32)
    source = fields.CharField(max_length=64, default="")
    channel = fields.CharField(max_length=16, default="")
    n = fields.BigIntField(default=0)
    kopecks = fields.BigIntField(default=0)

    class Meta:
        table = "facts"
        unique_together = (("account_id", "day", "kind", "brand_id", "source", "channel"),)


class LedgerRead(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.OneToOneRelation[Account] = fields.OneToOneField(
        "models.Account", related_name="ledger_read", on_delete=fields.RESTRICT
    )
    account_id: int
    seq = fields.BigIntField(default=0)

    class Meta:
        table = "ledgers_read"
