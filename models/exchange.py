"""What is exchanged with an account's own system through files and messages.

ExchangeFile: a file that came, by what it is called and by what is in it: once, whoever brings it
again. It goes after a set time, when nothing of it can come any more.

ExchangeOut: how far a program's cards have been written out.
"""

from tortoise import fields
from tortoise.models import Model

from models.program import Program


class ExchangeFile(Model):
    id = fields.BigIntField(primary_key=True)
    program: fields.ForeignKeyRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="exchange_files", on_delete=fields.RESTRICT
    )
    program_id: int
    name = fields.CharField(max_length=200)
    # SHA-256 of the file, in hex.
    digest = fields.CharField(max_length=64)
    # The job that it became; jobs go earlier.
    job_id = fields.BigIntField()
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "exchange_files"
        unique_together = (("program", "name", "digest"),)


class ExchangeOut(Model):
    id = fields.BigIntField(primary_key=True)
    program: fields.OneToOneRelation[Program] = fields.OneToOneField(
        "models.Program", related_name="exchange_out", on_delete=fields.RESTRICT
    )
    program_id: int
    # Of backend/onec/tell_cards.py.
    cursor = fields.CharField(max_length=64, default="")

    class Meta:
        table = "exchange_outs"
