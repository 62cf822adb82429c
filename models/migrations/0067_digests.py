"""Advertising in the chat may come once a day, all of it in one message."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

INDEXES = {
    "customers_digest": "ON customers (id) WHERE ads_digest",
    "deliveries_digest": "ON deliveries (digest_at, id)"
    " WHERE state = 'queued' AND digest_at IS NOT NULL",
}


class Migration(migrations.Migration):
    dependencies = [("models", "0066_passes_looked_at")]

    operations = [
        ops.AddField(model_name="Customer", name="ads_digest", field=fields.BooleanField(default=False, db_default=False)),
        ops.AddField(model_name="Delivery", name="digest_at", field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
        *(
            ops.RunSQL(f"CREATE INDEX {name} {where}", reverse_sql=f"DROP INDEX {name}")
            for name, where in INDEXES.items()
        ),
    ]
