"""By what a customer is known at a door, and whether they can be reached there.

A customer may have none: somebody else brought them and they have opened nothing yet. At one
door they are known by one id, and an id is one customer's.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.customer import Customer


class Entrance(StrEnum):
    """The doors that know people by an id of their own. Stored: a name never changes."""

    TELEGRAM = "telegram"


class Identity(Model):
    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="identities", on_delete=fields.RESTRICT
    )
    customer_id: int
    door = fields.CharEnumField(Entrance, max_length=16)
    external_id = fields.CharField(max_length=128)
    # When they first came in: before, nothing can be sent to them there.
    reachable_since = fields.DatetimeField(null=True)
    # They blocked us or are gone; the first time counts until they come back.
    blocked_at = fields.DatetimeField(null=True)
    # The day, in UTC, on which they last did something there: written once a day.
    seen_on = fields.DateField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "identities"
        unique_together = (("door", "external_id"), ("customer", "door"))
