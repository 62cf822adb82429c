"""Cards that brands assign to their customers, and how long those wait."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from models.assignment import AssignmentState, Hindrance, NumberFrom

INDEXES = {
    # One that stands for each of the brand's customers and each number.
    "assignments_own": "UNIQUE INDEX assignments_own ON assignments (program_id, own_index)"
    " WHERE state IN ('waiting', 'claimed')",
    "assignments_number": "UNIQUE INDEX assignments_number"
    " ON assignments (program_id, barcode_value) WHERE state = 'waiting'",
    "assignments_printed": "UNIQUE INDEX assignments_printed"
    " ON assignments (program_id, printed_number) WHERE state = 'waiting'",
    "assignments_due": "INDEX assignments_due ON assignments (expires_at) WHERE state = 'waiting'",
    "assignments_old": "INDEX assignments_old ON assignments (ended_at)"
    " WHERE state IN ('expired', 'withdrawn')",
    # Of a person who has not come: whose contact it was to be.
    "assignments_phone": "INDEX assignments_phone ON assignments (phone_index)"
    " WHERE state = 'waiting' AND phone_index <> ''",
    "assignments_email": "INDEX assignments_email ON assignments (email_index)"
    " WHERE state = 'waiting' AND email_index <> ''",
}


class Migration(migrations.Migration):
    dependencies = [("models", "0040_own_fields")]

    operations = [
        ops.CreateModel(
            name="Assignment",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("program", fields.ForeignKeyField("models.Program", source_field="program_id", db_index=True, db_constraint=True, to_field="id", related_name="assignments", on_delete=OnDelete.RESTRICT)),
                ("customer", fields.ForeignKeyField("models.Customer", source_field="customer_id", null=True, db_index=True, db_constraint=True, to_field="id", related_name="assignments", on_delete=OnDelete.RESTRICT)),
                ("card", fields.ForeignKeyField("models.Card", source_field="card_id", null=True, db_index=True, db_constraint=True, to_field="id", related_name="assignments", on_delete=OnDelete.RESTRICT)),
                ("state", fields.CharEnumField(default=AssignmentState.WAITING, enum_type=AssignmentState, max_length=16)),
                ("hindrance", fields.CharEnumField(default=Hindrance.NONE, enum_type=Hindrance, max_length=16)),
                ("nonce", fields.CharField(unique=True, max_length=16)),
                ("own_index", fields.CharField(db_index=True, max_length=64)),
                ("phone_index", fields.CharField(default="", max_length=64)),
                ("email_index", fields.CharField(default="", max_length=64)),
                ("sealed", fields.BinaryField()),
                ("printed_number", fields.CharField(max_length=128)),
                ("barcode_value", fields.CharField(max_length=512)),
                ("number_from", fields.CharEnumField(enum_type=NumberFrom, max_length=8)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "assignments", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Program",
            name="assignment_days",
            field=fields.IntField(default=30, db_default=30),
        ),
        ops.AddField(
            model_name="Application",
            name="assignment_id",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="BotChat",
            name="came_for",
            field=fields.BigIntField(null=True),
        ),
        *(
            ops.RunSQL(f"CREATE {sql}", reverse_sql=f"DROP INDEX {name}")
            for name, sql in INDEXES.items()
        ),
    ]
