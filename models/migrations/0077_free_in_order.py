"""Free numbers in their order by an index that is the only one to have it: models/pool_number.py
tells why. By the order of `id` alone PostgreSQL took the primary key, and read through all that had
been used before."""

from tortoise import migrations
from tortoise.migrations import operations as ops

NAME = "pool_numbers_free"
BEFORE = f"CREATE INDEX {NAME} ON pool_numbers (program_id, id) WHERE status = 'free'"
NOW = f"CREATE INDEX {NAME} ON pool_numbers (program_id, (id + 0)) WHERE status = 'free'"


class Migration(migrations.Migration):
    dependencies = [("models", "0076_offers_of_brands")]

    operations = [
        ops.RunSQL(f"DROP INDEX {NAME}", reverse_sql=BEFORE),
        ops.RunSQL(NOW, reverse_sql=f"DROP INDEX {NAME}"),
    ]
