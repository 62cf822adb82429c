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


# A condition of `n`, where $1 is the program. What a card carries already is set aside elsewhere,
# and never tried again.
CARRIED_BY_NOBODY = """ AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.program_id = $1
    AND (c.barcode_value = n.barcode_value OR c.printed_number = n.printed_number))"""


def free_numbers(program: str, found: str = "1", *, more: str = "", most: int | str = 1) -> str:
    """The first `most` that are free of a program, in the order of their ids, for hand-written
    statements: `found` of each, and `more` conditions of `n`.

    The order is that of `id + 0`, which the index of free numbers alone has. That of `id` the
    primary key has as well, and where few of a program were used PostgreSQL believes it to be
    quicker; then it reads, before the first free one, all that have been used since.
    """
    # of all: the program is given
    return f"""
        SELECT {found} FROM pool_numbers n
        WHERE n.program_id = {program} AND n.status = 'free'{more}
        ORDER BY n.id + 0 LIMIT {most}"""  # noqa: S608  put together from constants


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
