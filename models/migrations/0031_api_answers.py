"""What requests were answered, to be answered again."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0030_api_keys")]

    operations = [
        ops.CreateModel(
            name="ApiAnswer",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("api_key", fields.ForeignKeyField("models.ApiKey", source_field="api_key_id", db_constraint=True, to_field="id", related_name="answers", on_delete=OnDelete.RESTRICT)),
                ("idempotency_key", fields.CharField(max_length=255)),
                ("digest", fields.CharField(max_length=64)),
                ("status", fields.IntField(null=True)),
                ("headers", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("body", fields.BinaryField(null=True)),
                ("created_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "api_answers", "app": "models", "unique_together": (("api_key", "idempotency_key"),), "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
