"""What was bought with a card, as shops and back offices tell it.

One row for each receipt or order of a source, by the source's own id: told again it is put right,
never added. What was in it is not kept. An amount below zero is a return. The rows of a deleted
person go.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.account import Account
from models.card import Card
from models.customer import Customer

LONGEST_ID = 128


class SaleSource(StrEnum):
    """Who told of it: ids of different sources are different things."""

    # By a file of an account.
    RECEIPTS = "receipts"
    RETAILCRM = "retailcrm"
    BITRIX = "bitrix"


class Sale(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="sales", on_delete=fields.RESTRICT
    )
    account_id: int
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="sales", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    card: fields.ForeignKeyRelation[Card] = fields.ForeignKeyField(
        "models.Card", related_name="sales", on_delete=fields.RESTRICT
    )
    card_id: int
    # A SaleSource.
    source = fields.CharField(max_length=16)
    # The source's own.
    external_id = fields.CharField(max_length=LONGEST_ID)
    # What people read on the receipt.
    number = fields.CharField(max_length=64, default="")
    at = fields.DatetimeField()
    amount = fields.DecimalField(max_digits=14, decimal_places=2)
    # ISO 4217.
    currency = fields.CharField(max_length=3, default="RUB")
    store = fields.CharField(max_length=200, default="")
    # As the source calls it; "" for a receipt.
    status = fields.CharField(max_length=64, default="")
    told_at = fields.DatetimeField()

    class Meta:
        table = "sales"
        unique_together = (("account", "source", "external_id"),)
        indexes = (("card_id", "at"),)
