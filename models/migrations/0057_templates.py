"""Templates of accounts, and each of their versions."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.message_purpose import MessagePurpose
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [("models", "0056_campaign_counts")]

    operations = [
        ops.CreateModel(
            name="MessageTemplate",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.ForeignKeyField("models.Account", source_field="account_id", db_constraint=True, to_field="id", related_name="message_templates", on_delete=OnDelete.RESTRICT)),
                ("key", fields.CharField(max_length=64)),
                ("name", fields.CharField(max_length=200)),
                ("purpose", fields.CharEnumField(description="PROMO: promo\nSERVICE: service\nTRANSACTION: transaction", enum_type=MessagePurpose, max_length=16)),
                ("content", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("advertiser", fields.CharField(default="", max_length=300)),
                ("inn", fields.CharField(default="", max_length=12)),
                ("erid", fields.CharField(default="", max_length=64)),
                ("version", fields.IntField(default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("changed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("archived_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "templates", "app": "models", "unique_together": (("account", "key"),), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TemplateVersion",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("template", fields.ForeignKeyField("models.MessageTemplate", source_field="template_id", db_constraint=True, to_field="id", related_name="versions", on_delete=OnDelete.RESTRICT)),
                ("version", fields.IntField()),
                ("said", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("author", fields.CharField(max_length=64)),
                ("saved_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "template_versions", "app": "models", "unique_together": (("template", "version"),), "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
