"""Work on many: files of accounts, their lines, and what was wrong in them."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from models.job import JobForm, JobKind, JobState


class Migration(migrations.Migration):
    dependencies = [("models", "0038_contact_email")]

    operations = [
        ops.CreateModel(
            name="Job",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.ForeignKeyField("models.Account", source_field="account_id", db_constraint=True, to_field="id", related_name="jobs", on_delete=OnDelete.RESTRICT)),
                ("kind", fields.CharEnumField(description="NUMBERS: numbers\nPLASTIC: plastic\nSTORES: stores\nCARDS: cards\nSALES: sales\nASSIGNMENTS: assignments\nREGISTRY_NUMBERS: registry_numbers\nREGISTRY_CLIENTS: registry_clients", enum_type=JobKind, max_length=16)),
                ("program", fields.ForeignKeyField("models.Program", source_field="program_id", null=True, db_index=True, db_constraint=True, to_field="id", related_name="jobs", on_delete=OnDelete.RESTRICT)),
                ("brand", fields.ForeignKeyField("models.Brand", source_field="brand_id", null=True, db_index=True, db_constraint=True, to_field="id", related_name="jobs", on_delete=OnDelete.RESTRICT)),
                ("state", fields.CharEnumField(description="RECEIVING: receiving\nQUEUED: queued\nRUNNING: running\nDONE: done\nFAILED: failed\nCANCELLED: cancelled", enum_type=JobState, max_length=16)),
                ("form", fields.CharEnumField(description="CSV: csv\nLINES: ndjson", enum_type=JobForm, max_length=8)),
                ("header", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("delimiter", fields.CharField(default=",", max_length=8)),
                ("pieces", fields.IntField(default=0)),
                ("position", fields.IntField(default=0)),
                ("lines", fields.IntField(default=0)),
                ("read", fields.IntField(default=0)),
                ("done", fields.IntField(default=0)),
                ("bad", fields.IntField(default=0)),
                ("failures", fields.IntField(default=0)),
                ("reason", fields.CharField(default="", max_length=200)),
                ("actor_kind", fields.CharField(max_length=16)),
                ("actor_id", fields.BigIntField(null=True)),
                ("door", fields.CharField(max_length=64)),
                ("request_id", fields.CharField(default="", max_length=64)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("started_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("turn_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "jobs", "app": "models", "indexes": [Index(fields=["account_id", "turn_at"]), Index(fields=["ended_at"])], "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="JobPiece",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("job", fields.ForeignKeyField("models.Job", source_field="job_id", db_constraint=True, to_field="id", related_name="parts", on_delete=OnDelete.RESTRICT)),
                ("number", fields.IntField()),
                ("first_line", fields.IntField()),
                ("sealed", fields.BinaryField()),
            ],
            options={"table": "job_pieces", "app": "models", "unique_together": (("job", "number"),), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="JobResult",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("job", fields.ForeignKeyField("models.Job", source_field="job_id", db_constraint=True, to_field="id", related_name="results", on_delete=OnDelete.RESTRICT)),
                ("number", fields.IntField()),
                ("lines", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={"table": "job_results", "app": "models", "unique_together": (("job", "number"),), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.RunSQL(
            "CREATE INDEX jobs_waiting ON jobs (id) WHERE state IN ('queued', 'running')",
            reverse_sql="DROP INDEX jobs_waiting",
        ),
    ]
