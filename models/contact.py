"""A phone or an e-mail address of a customer, sealed, found by a keyed blind index.

One row per customer and kind. A verified contact belongs to one customer: the
migration adds a unique index on (kind, blind_index) where `verified_at` is set.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.customer import Customer


class ContactKind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"


def contact_place(kind: ContactKind) -> str:
    """The place that a contact is sealed for (see backend.platform.secrets.vault)."""
    return f"contact.{kind.value}"


class Contact(Model):
    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="contacts", on_delete=fields.RESTRICT
    )
    customer_id: int
    kind = fields.CharEnumField(ContactKind, max_length=8)
    sealed = fields.BinaryField()
    blind_index = fields.CharField(max_length=64)
    verified_at = fields.DatetimeField(null=True)
    verified_by = fields.CharField(max_length=32, default="")
    created_at = fields.DatetimeField()
    # Its owner has, or had, a card: what was typed here led to something.
    kept = fields.BooleanField(default=False, db_default=False)
    # A letter came back from it: it is not verified any more, until it is proven anew.
    bounced_at = fields.DatetimeField(null=True)

    class Meta:
        table = "contacts"
        unique_together = (("customer", "kind"),)
        indexes = (("kind", "blind_index"),)
