"""What waits in phones is looked at by pages: of so many as were handed over in the same moment each
page begins where the last one ended."""

from tortoise import migrations
from tortoise.migrations import operations as ops

INDEX = (
    "CREATE INDEX deliveries_not_arrived ON deliveries ({columns})"
    " WHERE channel = 'wallet' AND state = 'delivered' AND reported IS NULL"
)
DROP = "DROP INDEX deliveries_not_arrived"


class Migration(migrations.Migration):
    dependencies = [("models", "0077_free_in_order")]

    operations = [
        ops.RunSQL(DROP, reverse_sql=INDEX.format(columns="changed_at")),
        ops.RunSQL(INDEX.format(columns="changed_at, id"), reverse_sql=DROP),
    ]
