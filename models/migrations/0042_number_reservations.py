"""Numbers that an account has asked for and has not yet given to anybody."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from models.number_reservation import ReservationState


class Migration(migrations.Migration):
    dependencies = [("models", "0041_assignments")]

    operations = [
        ops.CreateModel(
            name="NumberReservation",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("program", fields.ForeignKeyField("models.Program", source_field="program_id", db_index=True, db_constraint=True, to_field="id", related_name="reservations", on_delete=OnDelete.RESTRICT)),
                ("number", fields.ForeignKeyField("models.PoolNumber", source_field="number_id", db_index=True, db_constraint=True, to_field="id", related_name="reservations", on_delete=OnDelete.RESTRICT)),
                ("state", fields.CharEnumField(description="RESERVED: reserved\nCOMMITTED: committed\nRELEASED: released\nEXPIRED: expired", enum_type=ReservationState, max_length=16)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "number_reservations", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.RunSQL(
            "CREATE INDEX number_reservations_due ON number_reservations (expires_at)"
            " WHERE state = 'reserved'",
            reverse_sql="DROP INDEX number_reservations_due",
        ),
        ops.RunSQL(
            "CREATE INDEX pool_numbers_quarantined ON pool_numbers (program_id, id)"
            " WHERE status = 'quarantined'",
            reverse_sql="DROP INDEX pool_numbers_quarantined",
        ),
    ]
