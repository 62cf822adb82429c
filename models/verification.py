"""One attempt to prove that a phone or an e-mail belongs to a customer.

A phone is proven by Telegram's contact button or by a code by SMS, an e-mail by a link. The
code itself is never stored: `digest` is a keyed hash of it, made when the SMS leaves. Rows
are also what sends are counted by, so that a lost Redis resets no limit.

open → proven (nobody else may hold the contact, or somebody does and "this is mine now" is
still to be said) → used. Replaced, spent and refused attempts never work again. At most one
is open per customer and kind: the migration adds the partial unique index.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.contact import ContactKind
from models.customer import Customer


class VerificationState(StrEnum):
    OPEN = "open"
    # Possession is proven, but the contact is somebody else's until the person says so.
    PROVEN = "proven"
    USED = "used"
    # A newer attempt took its place.
    REPLACED = "replaced"
    # Too many wrong codes.
    SPENT = "spent"
    # The gateway or the mail server refused the recipient.
    REFUSED = "refused"


class Verification(Model):
    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="verifications", on_delete=fields.RESTRICT
    )
    customer_id: int
    kind = fields.CharEnumField(ContactKind, max_length=8)
    # telegram, sms or link: what ends up in Contact.verified_by.
    how = fields.CharField(max_length=16)
    state = fields.CharEnumField(VerificationState, max_length=16, default=VerificationState.OPEN)
    # The contact, under the customer's data key.
    sealed = fields.BinaryField()
    blind_index = fields.CharField(max_length=64)
    salt = fields.CharField(max_length=64, default="")
    digest = fields.CharField(max_length=64, default="")
    tries = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    class Meta:
        table = "verifications"
        indexes = (
            ("customer_id", "kind", "created_at"),
            ("kind", "blind_index", "created_at"),
            ("kind", "created_at"),
        )
