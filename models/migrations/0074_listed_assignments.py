"""The cards that an account has assigned are listed by an index of their own: PostgreSQL went through
everybody's by their ids until it met one. Nothing looks for them by the program alone."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

LISTED = "CREATE INDEX assignments_listed ON assignments (program_id, state, id)"
BEFORE = "idx_assignments_program_12a03a"


class Told(ops.AlterField):
    """Of what the models say alone: on SQLite AlterField makes the table anew without its
    indexes."""

    async def database_forward(self, app_label, old_state, new_state, state_editor=None):
        return


class Migration(migrations.Migration):
    dependencies = [("models", "0073_who_says_yes")]

    operations = [
        Told(
            model_name="Assignment",
            name="program",
            field=fields.ForeignKeyField("models.Program", source_field="program_id", db_constraint=True, to_field="id", related_name="assignments", on_delete=OnDelete.RESTRICT),
        ),
        ops.RunSQL(LISTED, reverse_sql="DROP INDEX assignments_listed"),
        ops.RunSQL(
            f"DROP INDEX {BEFORE}",
            reverse_sql=f"CREATE INDEX {BEFORE} ON assignments (program_id)",
        ),
    ]
