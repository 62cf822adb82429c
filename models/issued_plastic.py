"""Plastic that a brand handed out before Karman, and what duplicating it gave the brand.

IssuedPlastic: the number and its holder's phone and e-mail, as keyed blind indexes only: enough
to recognise the holder, not enough to read anybody. An empty index means that the brand does
not know.

ProfileRefresh: how many people brought the brand newer data that day (UTC).
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


class ProfileRefresh(Model):
    id = fields.BigIntField(primary_key=True)
    program: fields.ForeignKeyRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="refreshes", on_delete=fields.RESTRICT
    )
    program_id: int
    day = fields.DateField()
    people = fields.IntField(default=0)

    class Meta:
        table = "profile_refreshes"
        unique_together = (("program", "day"),)
