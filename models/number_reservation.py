"""A number of a pool that a program of an account's has asked for and has not yet given to anybody.

Until `expires_at` it is committed (issued from then on) or released (free again); after that the
clock sets it free. Rows stay for a while, so that whoever asks again is answered the same.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.pool_number import PoolNumber
from models.program import Program


class ReservationState(StrEnum):
    RESERVED = "reserved"
    COMMITTED = "committed"
    RELEASED = "released"
    EXPIRED = "expired"


class NumberReservation(Model):
    id = fields.BigIntField(primary_key=True)
    program: fields.ForeignKeyRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="reservations", on_delete=fields.RESTRICT, db_index=True
    )
    program_id: int
    number: fields.ForeignKeyRelation[PoolNumber] = fields.ForeignKeyField(
        "models.PoolNumber", related_name="reservations", on_delete=fields.RESTRICT, db_index=True
    )
    number_id: int
    state = fields.CharEnumField(ReservationState, max_length=16)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True, db_index=True)

    class Meta:
        table = "number_reservations"
