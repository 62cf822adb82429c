"""The chats of a person who asks for their data, and what a webhook was told in vain, are found
without reading all that there is."""

from tortoise import migrations
from tortoise.migrations import operations as ops

INDEXES = {
    "bot_chats_of_chat": "ON bot_chats (chat_id)",
    "webhook_deliveries_failed": "ON webhook_deliveries (webhook_id, id) WHERE state = 'failed'",
}


class Migration(migrations.Migration):
    dependencies = [("models", "0078_arrivals_by_pages")]

    operations = [
        ops.RunSQL(f"CREATE INDEX {name} {sql}", reverse_sql=f"DROP INDEX {name}")
        for name, sql in INDEXES.items()
    ]
