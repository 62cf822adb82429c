"""Plastic that a brand handed out before Karman.

IssuedPlastic: the number and its holder's phone and e-mail, as keyed blind indexes only: enough
to recognise the holder, not enough to read anybody. An empty index means that the brand does
not know.
"""

from tortoise import fields
from tortoise.models import Model

from models.program import Program


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

    class Meta:
        table = "issued_plastics"
        unique_together = (("program", "number_index"),)
