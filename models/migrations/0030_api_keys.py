"""Keys of partners' programs; the audit trail says whose it is, by which request, before and after."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0029_what_grows")]

    operations = [
        ops.CreateModel(
            name="ApiKey",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.ForeignKeyField("models.Account", source_field="account_id", null=True, db_index=True, db_constraint=True, to_field="id", related_name="api_keys", on_delete=OnDelete.RESTRICT)),
                ("name", fields.CharField(max_length=100)),
                ("public_id", fields.CharField(unique=True, max_length=16)),
                ("digest", fields.CharField(max_length=64)),
                ("scopes", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("last_used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("replaced_by", fields.BigIntField(null=True)),
            ],
            options={"table": "api_keys", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.AddField(
            model_name="AuditEntry",
            name="account_id",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="AuditEntry",
            name="after",
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name="AuditEntry",
            name="before",
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name="AuditEntry",
            name="request_id",
            field=fields.CharField(default="", db_default="", max_length=64),
        ),
        ops.AddIndex(
            model_name="AuditEntry",
            index=Index(fields=["account_id", "id"]),
        ),
    ]
