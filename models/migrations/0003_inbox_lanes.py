"""The inbox is read lane by lane: an index that finds a lane's oldest waiting update."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0002_unique_where")]

    operations = [
        ops.RunSQL(
            "CREATE INDEX telegram_updates_lanes ON telegram_updates (bot_id, lane, update_id)"
            " WHERE handled_at IS NULL",
            reverse_sql="DROP INDEX telegram_updates_lanes",
        ),
        ops.RunSQL(
            "DROP INDEX telegram_updates_waiting",
            reverse_sql="CREATE INDEX telegram_updates_waiting"
            " ON telegram_updates (bot_id, update_id) WHERE handled_at IS NULL",
        ),
    ]
