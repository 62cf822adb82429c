"""A person who asked to be told when a program has free numbers again; told once, then gone."""

from tortoise import fields
from tortoise.models import Model

from models.customer import Customer
from models.offer import Offer
from models.program import Program


class NumberWait(Model):
    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="number_waits", on_delete=fields.RESTRICT
    )
    customer_id: int
    program: fields.ForeignKeyRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="number_waits", on_delete=fields.RESTRICT, db_index=True
    )
    program_id: int
    # The offer that the person was looking at; the message leads back to it.
    offer: fields.ForeignKeyRelation[Offer] = fields.ForeignKeyField(
        "models.Offer", related_name="number_waits", on_delete=fields.RESTRICT, db_index=True
    )
    offer_id: int
    created_at = fields.DatetimeField()
    # When it was announced that there are numbers; the person is about to be told.
    announced_at = fields.DatetimeField(null=True)

    class Meta:
        table = "number_waits"
        unique_together = (("customer", "program"),)
