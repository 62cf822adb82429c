"""Addresses by which accounts' own systems say that something has happened there."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0046_exchange")]

    operations = [
        ops.CreateModel(
            name="Hook",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("connection", fields.OneToOneField("models.Connection", source_field="connection_id", db_constraint=True, to_field="id", related_name="hook", on_delete=OnDelete.RESTRICT)),
                ("public_id", fields.CharField(unique=True, max_length=16)),
                ("digest", fields.CharField(max_length=64)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "hooks", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
