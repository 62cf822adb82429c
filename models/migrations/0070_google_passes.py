"""What Google has of a card, and how often its phone lately lit up."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0069_news_by_version")]

    operations = [
        ops.AddField(
            model_name="WalletPass",
            name="sent",
            field=fields.CharField(default="", db_default="", max_length=64),
        ),
        ops.AddField(
            model_name="WalletPass",
            name="seen",
            field=fields.CharField(default="", db_default="", max_length=64),
        ),
        ops.AddField(
            model_name="WalletPass",
            name="lit_at",
            field=fields.JSONField(default=list, db_default=[], encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name="WalletPass",
            name="news_up_to",
            field=fields.BigIntField(default=0, db_default=0),
        ),
    ]
