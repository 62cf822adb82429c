"""News on cards in phones know which version of a pass tells them first."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

ONCE = "CREATE UNIQUE INDEX wallet_news_once ON wallet_news (message_id) WHERE message_id IS NOT NULL"
NEWEST = "CREATE INDEX wallet_news_newest ON wallet_news (at)"
# Of what is told on cards, as of SMS and letters.
REPORTED = (
    "CREATE INDEX deliveries_on_cards ON deliveries (provider_id)"
    " WHERE channel = 'wallet' AND provider_id <> ''"
)


class Migration(migrations.Migration):
    dependencies = [("models", "0068_paid_messages")]

    operations = [
        ops.AddField(model_name="WalletNews", name="apple_version", field=fields.BigIntField(null=True)),
        ops.AddField(model_name="WalletNews", name="google_version", field=fields.BigIntField(null=True)),
        ops.RunSQL(ONCE, reverse_sql="DROP INDEX wallet_news_once"),
        ops.RunSQL(NEWEST, reverse_sql="DROP INDEX wallet_news_newest"),
        ops.RunSQL(REPORTED, reverse_sql="DROP INDEX deliveries_on_cards"),
    ]
