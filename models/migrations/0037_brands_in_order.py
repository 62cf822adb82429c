"""Brands have numbers by when people could first have something of them; who wants to hear of new
ones."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0036_offer_drafts")]

    operations = [
        ops.AddField(
            model_name="Brand",
            name="joined_seq",
            field=fields.BigIntField(null=True),
        ),
        # Cards were compared with brands by their ids.
        ops.RunSQL(
            "UPDATE brands SET joined_seq = id WHERE EXISTS (SELECT 1 FROM offers"
            " WHERE offers.brand_id = brands.id"
            " AND offers.status IN ('published', 'paused', 'archived'))",
            reverse_sql="SELECT 1",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX brands_joined ON brands (joined_seq)",
            reverse_sql="DROP INDEX brands_joined",
        ),
        ops.AddField(
            model_name="Customer",
            name="hears_of_brands",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name="Customer",
            name="brands_until",
            field=fields.BigIntField(default=0, db_default=0),
        ),
        ops.RunSQL(
            "CREATE INDEX customers_hear ON customers (brands_until, id) WHERE hears_of_brands",
            reverse_sql="DROP INDEX customers_hear",
        ),
    ]
