"""Plastic that a brand handed out before Karman.

IssuedPlastic: the number and its holder's phone and e-mail, as keyed blind indexes only: enough
to recognise the holder, not enough to read anybody. An empty index means that the brand does
not know. `sealed` holds the number of a card that its holder may be given back by phone or e-mail.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.program import Program


class PlasticState(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    BLOCKED = "blocked"


class IssuedPlastic(Model):
    id = fields.BigIntField(primary_key=True)
    program: fields.ForeignKeyRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="plastics", on_delete=fields.RESTRICT
    )
    program_id: int
    number_index = fields.CharField(max_length=64)
    phone_index = fields.CharField(max_length=64, default="")
    email_index = fields.CharField(max_length=64, default="")
    loaded_at = fields.DatetimeField()
    # Of what people read, where the barcode carries something else; else empty.
    printed_index = fields.CharField(max_length=64, default="", db_default="")
    state = fields.CharEnumField(
        PlasticState, max_length=8, default=PlasticState.ACTIVE, db_default=PlasticState.ACTIVE
    )
    sealed = fields.BinaryField(null=True)

    class Meta:
        table = "issued_plastics"
        unique_together = (("program", "number_index"),)
        indexes = (
            ("program_id", "phone_index"),
            ("program_id", "email_index"),
            ("program_id", "printed_index"),
        )
