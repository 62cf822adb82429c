"""Files of card registries that came in and go out; plastic whose number its holder is given back."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from models.issued_plastic import PlasticState
from models.registry_file import Direction, FileState


class Migration(migrations.Migration):
    dependencies = [("models", "0047_hooks")]

    operations = [
        ops.CreateModel(
            name="RegistryFile",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("program", fields.ForeignKeyField("models.Program", source_field="program_id", db_constraint=True, to_field="id", related_name="registry_files", on_delete=OnDelete.RESTRICT)),
                ("direction", fields.CharEnumField(enum_type=Direction, max_length=4)),
                ("kind", fields.CharField(max_length=16)),
                ("name", fields.CharField(max_length=255)),
                ("digest", fields.CharField(max_length=64)),
                ("size", fields.BigIntField(default=0)),
                ("changed", fields.BigIntField(default=0)),
                ("state", fields.CharEnumField(enum_type=FileState, max_length=16)),
                ("job_id", fields.BigIntField(null=True)),
                ("problems", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("day", fields.DateField(null=True)),
                ("until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("lines", fields.IntField(default=0)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "registry_files", "app": "models", "unique_together": (("program", "direction", "name", "digest"), ("program", "direction", "kind", "day")), "indexes": [Index(fields=["state"])], "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.AddField(
            model_name="IssuedPlastic",
            name="printed_index",
            field=fields.CharField(default="", db_default="", max_length=64),
        ),
        ops.AddField(
            model_name="IssuedPlastic",
            name="sealed",
            field=fields.BinaryField(null=True),
        ),
        ops.AddField(
            model_name="IssuedPlastic",
            name="state",
            field=fields.CharEnumField(default=PlasticState.ACTIVE, db_default=PlasticState.ACTIVE, enum_type=PlasticState, max_length=8),
        ),
        ops.AddIndex(
            model_name="IssuedPlastic",
            index=Index(fields=["program_id", "phone_index"]),
        ),
        ops.AddIndex(
            model_name="IssuedPlastic",
            index=Index(fields=["program_id", "email_index"]),
        ),
        ops.AddIndex(
            model_name="IssuedPlastic",
            index=Index(fields=["program_id", "printed_index"]),
        ),
    ]
