"""Who wants to see what an account tries out."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [("models", "0059_ends_to_count")]

    operations = [
        ops.CreateModel(
            name="SampleReader",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.ForeignKeyField("models.Account", source_field="account_id", db_constraint=True, to_field="id", related_name="sample_readers", on_delete=OnDelete.RESTRICT)),
                ("customer", fields.ForeignKeyField("models.Customer", source_field="customer_id", db_index=True, db_constraint=True, to_field="id", related_name="sample_readers", on_delete=OnDelete.RESTRICT)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "sample_readers", "app": "models", "unique_together": (("account", "customer"),), "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
