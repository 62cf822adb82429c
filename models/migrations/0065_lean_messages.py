"""What each message of a campaign weighs: its place in the order costs a few bytes, because a
hundred neighbours share an entry, and what was told about a card is found by its owner."""

from tortoise import migrations
from tortoise.migrations import operations as ops

ORDER = "CREATE INDEX messages_campaign ON messages ({}) WHERE campaign_id IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("models", "0064_fetched_passes")]

    operations = [
        ops.RunSQL(
            "DROP INDEX messages_card",
            reverse_sql="CREATE INDEX messages_card ON messages (card_id)"
            " WHERE card_id IS NOT NULL",
        ),
        ops.RunSQL(
            "DROP INDEX messages_campaign", reverse_sql=ORDER.format("campaign_id, id")
        ),
        ops.RunSQL(
            ORDER.format("campaign_id, (id / 100)"), reverse_sql="DROP INDEX messages_campaign"
        ),
    ]
