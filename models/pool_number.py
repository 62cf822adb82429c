"""A number of a program's pool: free → issued, or quarantined."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.program import Program


class NumberStatus(StrEnum):
    FREE = "free"
    RESERVED = "reserved"
    ISSUED = "issued"
    QUARANTINED = "quarantined"


class PoolNumber(Model):
    id = fields.BigIntField(primary_key=True)
    program: fields.ForeignKeyRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="numbers", on_delete=fields.RESTRICT
    )
    program_id: int
    printed_number = fields.CharField(max_length=128)
    barcode_value = fields.CharField(max_length=512)
    status = fields.CharEnumField(NumberStatus, max_length=16, default=NumberStatus.FREE)
    changed_at = fields.DatetimeField()
    # Why it is quarantined, as far as there is more to say: "restored:7".
    reason = fields.CharField(max_length=32, default="", db_default="")

    class Meta:
        table = "pool_numbers"
        unique_together = (("program", "barcode_value"), ("program", "printed_number"))
