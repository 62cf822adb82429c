"""Who lives in some cities is counted from an index alone."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0057_templates")]

    operations = [
        ops.RunSQL(
            "CREATE INDEX customers_living ON customers (city_id, id) WHERE deleted_at IS NULL",
            reverse_sql="DROP INDEX customers_living",
        ),
    ]
