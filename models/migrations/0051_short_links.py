"""Short links of what brands send, and the clicks on them."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [("models", "0050_messaging_rules")]

    operations = [
        ops.CreateModel(
            name="ShortLink",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("brand", fields.ForeignKeyField("models.Brand", source_field="brand_id", db_index=True, db_constraint=True, to_field="id", related_name="short_links", on_delete=OnDelete.RESTRICT)),
                ("source", fields.CharField(max_length=40)),
                ("variant", fields.SmallIntField(default=0)),
                ("channel", fields.CharField(max_length=16)),
                ("digest", fields.CharField(max_length=64)),
                ("position", fields.SmallIntField(default=0)),
                ("url", fields.TextField(unique=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "short_links", "app": "models", "unique_together": (("source", "variant", "channel", "digest"),), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LinkClick",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("link", fields.ForeignKeyField("models.ShortLink", source_field="link_id", db_index=True, db_constraint=True, to_field="id", related_name="clicks", on_delete=OnDelete.RESTRICT)),
                ("message", fields.ForeignKeyField("models.Message", source_field="message_id", db_constraint=True, to_field="id", related_name="clicks", on_delete=OnDelete.RESTRICT)),
                ("first_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("last_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("times", fields.IntField(default=1)),
            ],
            options={"table": "link_clicks", "app": "models", "unique_together": (("message", "link"),), "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
