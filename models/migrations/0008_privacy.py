"""What is left of a deleted customer; whose card a picture at Telegram shows."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("models", "0007_pushes")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Evidence",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("customer", fields.ForeignKeyField("models.Customer", source_field="customer_id", db_index=True, db_constraint=True, to_field="id", related_name="evidence", on_delete=OnDelete.RESTRICT)),
                ("kind", fields.CharField(max_length=16)),
                ("blind_index", fields.CharField(db_index=True, max_length=64)),
                ("created_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "evidence", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Customer",
            name="deletion",
            field=fields.JSONField(null=True),
        ),
        ops.AddField(
            model_name="TelegramFile",
            name="chat_id",
            field=fields.BigIntField(null=True),
        ),
        # Uploads made before carry the person's name under a hash that needs no key.
        ops.RunSQL(
            "DELETE FROM telegram_files WHERE content_key LIKE 'card:%'",
            reverse_sql="SELECT 1",
        ),
        # AddField leaves the index out.
        ops.RunSQL(
            "CREATE INDEX telegram_files_chat ON telegram_files (chat_id)"
            " WHERE chat_id IS NOT NULL",
            reverse_sql="DROP INDEX telegram_files_chat",
        ),
    ]
