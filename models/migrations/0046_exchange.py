"""Files that programs exchange with their accounts' own systems."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0045_facades")]

    operations = [
        ops.CreateModel(
            name="ExchangeFile",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("program", fields.ForeignKeyField("models.Program", source_field="program_id", db_constraint=True, to_field="id", related_name="exchange_files", on_delete=OnDelete.RESTRICT)),
                ("name", fields.CharField(max_length=200)),
                ("digest", fields.CharField(max_length=64)),
                ("job_id", fields.BigIntField()),
                ("at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "exchange_files", "app": "models", "unique_together": (("program", "name", "digest"),), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ExchangeOut",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("program", fields.OneToOneField("models.Program", source_field="program_id", db_constraint=True, to_field="id", related_name="exchange_out", on_delete=OnDelete.RESTRICT)),
                ("cursor", fields.CharField(default="", max_length=64)),
            ],
            options={"table": "exchange_outs", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
