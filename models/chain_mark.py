"""How far the sweep of the consent chains has come: one row (see backend.consents.sweep)."""

from tortoise import fields
from tortoise.models import Model


class ChainMark(Model):
    # Always 1.
    id = fields.IntField(primary_key=True)
    linked_up_to = fields.BigIntField(default=0)
    seen_up_to = fields.BigIntField(default=0)
    horizon = fields.BigIntField(default=0)

    class Meta:
        table = "chain_marks"
