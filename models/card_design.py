"""Versions of how a program's card looks, in the bot and in the wallets of phones.

CardDesign: one version, read through catalog.looks.card_design and nowhere else; the one with the
greatest `number` is in force. Versions are added and never changed: an old one comes back as a
new one, which says whose design it has (`restored`). A program without any has the colours that
stand on it.
"""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.program import Program


class CardDesign(Model):
    id = fields.BigIntField(primary_key=True)
    program: fields.ForeignKeyRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="designs", on_delete=fields.RESTRICT
    )
    program_id: int
    number = fields.IntField()
    design: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    # The number of the version that this one brought back; null: entered anew.
    restored = fields.IntField(null=True)
    # By whom, as the audit trail names them.
    made_by = fields.CharField(max_length=120, default="")
    made_at = fields.DatetimeField()

    class Meta:
        table = "card_designs"
        unique_together = (("program", "number"),)
