"""What was bought with cards, as shops and back offices tell it."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0042_number_reservations")]

    operations = [
        ops.CreateModel(
            name="Sale",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.ForeignKeyField("models.Account", source_field="account_id", db_constraint=True, to_field="id", related_name="sales", on_delete=OnDelete.RESTRICT)),
                ("customer", fields.ForeignKeyField("models.Customer", source_field="customer_id", db_index=True, db_constraint=True, to_field="id", related_name="sales", on_delete=OnDelete.RESTRICT)),
                ("card", fields.ForeignKeyField("models.Card", source_field="card_id", db_constraint=True, to_field="id", related_name="sales", on_delete=OnDelete.RESTRICT)),
                ("source", fields.CharField(max_length=16)),
                ("external_id", fields.CharField(max_length=128)),
                ("number", fields.CharField(default="", max_length=64)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("amount", fields.DecimalField(max_digits=14, decimal_places=2)),
                ("currency", fields.CharField(default="RUB", max_length=3)),
                ("store", fields.CharField(default="", max_length=200)),
                ("status", fields.CharField(default="", max_length=64)),
                ("told_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "sales", "app": "models", "unique_together": (("account", "source", "external_id"),), "indexes": [Index(fields=["card_id", "at"])], "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
