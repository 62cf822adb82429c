"""Of deliveries that are to be counted the index has those that have ended: a mailing of millions that
waits is not walked through every few seconds."""

from tortoise import migrations
from tortoise.migrations import operations as ops

BEFORE = "CREATE INDEX deliveries_to_count ON deliveries (id) WHERE NOT counted"
AFTER = (
    f"{BEFORE} AND state IN ('delivered', 'failed', 'stopped', 'in_doubt')"
)


class Migration(migrations.Migration):
    dependencies = [("models", "0058_living_in_cities")]

    operations = [
        ops.RunSQL("DROP INDEX deliveries_to_count", reverse_sql=BEFORE),
        ops.RunSQL(AFTER, reverse_sql="DROP INDEX deliveries_to_count"),
    ]
