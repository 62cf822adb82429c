"""Where accounts want to be told of what happens, and what was sent there."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0034_birthdays")]

    operations = [
        ops.CreateModel(
            name="Webhook",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.ForeignKeyField("models.Account", source_field="account_id", db_index=True, db_constraint=True, to_field="id", related_name="webhooks", on_delete=OnDelete.RESTRICT)),
                ("public_id", fields.CharField(unique=True, max_length=16)),
                ("url", fields.CharField(max_length=2000)),
                ("kinds", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("status", fields.CharField(default="active", max_length=16)),
                ("reason", fields.CharField(default="", max_length=200)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("read_seq", fields.BigIntField(default=0)),
                ("failures", fields.IntField(default=0)),
                ("failing_since", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("rests_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "webhooks", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="WebhookDelivery",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("webhook", fields.ForeignKeyField("models.Webhook", source_field="webhook_id", db_constraint=True, to_field="id", related_name="deliveries", on_delete=OnDelete.RESTRICT)),
                ("message_id", fields.CharField(max_length=40)),
                ("kind", fields.CharField(max_length=32)),
                ("order_key", fields.CharField(default="", max_length=64)),
                ("body", fields.TextField(unique=False)),
                ("state", fields.CharField(default="waiting", max_length=16)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("available_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("attempts", fields.IntField(default=0)),
                ("first_tried_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "webhook_deliveries", "app": "models", "unique_together": (("webhook", "message_id"),), "indexes": [Index(fields=["webhook_id", "created_at"]), Index(fields=["ended_at"])], "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="WebhookAttempt",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("delivery", fields.ForeignKeyField("models.WebhookDelivery", source_field="delivery_id", db_index=True, db_constraint=True, to_field="id", related_name="tries", on_delete=OnDelete.RESTRICT)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("url", fields.CharField(max_length=2000)),
                ("took_ms", fields.IntField()),
                ("status", fields.IntField(null=True)),
                ("answer", fields.TextField(default="", unique=False)),
                ("error", fields.CharField(default="", max_length=200)),
            ],
            options={"table": "webhook_attempts", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="WebhookSecret",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("webhook", fields.ForeignKeyField("models.Webhook", source_field="webhook_id", db_index=True, db_constraint=True, to_field="id", related_name="secrets", on_delete=OnDelete.RESTRICT)),
                ("sealed", fields.BinaryField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ends_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "webhook_secrets", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.RunSQL(
            "CREATE INDEX webhook_deliveries_due"
            " ON webhook_deliveries (webhook_id, available_at, id) WHERE state = 'waiting'",
            reverse_sql="DROP INDEX webhook_deliveries_due",
        ),
        ops.RunSQL(
            "CREATE INDEX webhook_deliveries_order"
            " ON webhook_deliveries (webhook_id, order_key, id) WHERE state = 'waiting'",
            reverse_sql="DROP INDEX webhook_deliveries_order",
        ),
    ]
