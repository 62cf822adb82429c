"""What waits in phones is found without what has arrived there, however much it is."""

from tortoise import migrations
from tortoise.migrations import operations as ops

INDEXES = {
    "deliveries_not_arrived": (
        "ON deliveries (changed_at) WHERE channel = 'wallet' AND state = 'delivered'"
        " AND reported IS NULL"
    ),
    "wallet_passes_void": (
        "ON wallet_passes (voided_at) WHERE voided_at IS NOT NULL AND installed_at IS NOT NULL"
        " AND removed_at IS NULL"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("models", "0074_listed_assignments")]

    operations = [
        ops.RunSQL(f"CREATE INDEX {name} {sql}", reverse_sql=f"DROP INDEX {name}")
        for name, sql in INDEXES.items()
    ]
