"""A customer's membership in a program.

Printed number, encoded value and format may differ: they are kept apart and shown
exactly as the till needs them.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.customer import Customer
from models.offer import Offer
from models.program import Program

LONGEST_PRINTED = 128


class CardOrigin(StrEnum):
    ISSUED = "issued"
    DUPLICATED = "duplicated"
    ASSIGNED = "assigned"
    EXTERNAL = "external"


class CardStatus(StrEnum):
    ACTIVE = "active"
    BLOCKED = "blocked"


class Card(Model):
    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="cards", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    program: fields.ForeignKeyNullableRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="cards", on_delete=fields.RESTRICT, null=True
    )
    program_id: int | None
    brand: fields.ForeignKeyNullableRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="cards", on_delete=fields.RESTRICT, null=True
    )
    brand_id: int | None
    offer: fields.ForeignKeyNullableRelation[Offer] = fields.ForeignKeyField(
        "models.Offer", related_name="cards", on_delete=fields.RESTRICT, null=True
    )
    offer_id: int | None
    printed_number = fields.CharField(max_length=LONGEST_PRINTED)
    barcode_value = fields.CharField(max_length=512)
    barcode_format = fields.CharEnumField(BarcodeFormat, max_length=16)
    origin = fields.CharEnumField(CardOrigin, max_length=16)
    status = fields.CharEnumField(CardStatus, max_length=16, default=CardStatus.ACTIVE)
    # Taken out of the wallet by its owner. The row stays: the number is still theirs, and asking
    # for the card again brings it back with the status that the program gave it.
    removed_at = fields.DatetimeField(null=True)
    # Of an external card: a keyed hash of what it was when it came, so that a second import
    # finds it (see backend.cards.pocket.external_identity). None: not compared yet.
    identity = fields.CharField(max_length=64, null=True)
    # In the archive: kept, but not in the list.
    hidden = fields.BooleanField(default=False)
    balance = fields.DecimalField(max_digits=14, decimal_places=2, null=True)
    balance_at = fields.DatetimeField(null=True)
    tier = fields.CharField(max_length=64, default="")
    # Values of the brand's own fields by their keys, as catalog.looks.card_fields keeps them.
    own_fields: fields.Field[dict[str, str]] = fields.JSONField(default=dict, db_default={})
    source = fields.CharField(max_length=64, default="")
    # Since when a contact that this card depends on is somebody else's, and which kinds
    # ("phone", "email,phone"): the owner is to confirm one of their own again.
    recheck_at = fields.DatetimeField(null=True)
    recheck_for = fields.CharField(max_length=32, default="", db_default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "cards"
        unique_together = (
            ("program", "customer"),
            ("program", "barcode_value"),
            ("program", "printed_number"),
        )
