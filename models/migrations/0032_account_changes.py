"""What happened to an account's customers, cards and pools, in one order. Events and
consents of an older version are told by no feed: it begins here."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

BEGIN = """
INSERT INTO account_feeds (account_id, consents_seq)
SELECT a.id, COALESCE((SELECT max(l.seq) FROM consent_links l WHERE l.account_id = a.id), 0)
FROM accounts a ORDER BY a.id
"""


class Migration(migrations.Migration):
    dependencies = [("models", "0031_api_answers")]

    operations = [
        ops.CreateModel(
            name="AccountChange",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.ForeignKeyField("models.Account", source_field="account_id", db_constraint=True, to_field="id", related_name="changes", on_delete=OnDelete.RESTRICT)),
                ("seq", fields.BigIntField()),
                ("kind", fields.CharField(max_length=32)),
                ("origin", fields.CharField(max_length=64)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("customer_id", fields.BigIntField(null=True)),
                ("card_id", fields.BigIntField(null=True)),
                ("data", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={"table": "account_changes", "app": "models", "unique_together": (("account", "seq"), ("account", "origin")), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AccountFeed",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.OneToOneField("models.Account", source_field="account_id", db_constraint=True, to_field="id", related_name="feed", on_delete=OnDelete.RESTRICT)),
                ("seq", fields.BigIntField(default=0, db_default=0)),
                ("consents_seq", fields.BigIntField(default=0, db_default=0)),
                ("forgotten_seq", fields.BigIntField(default=0, db_default=0)),
            ],
            options={"table": "account_feeds", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.AddField(
            model_name="OutboxEvent",
            name="fed",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.RunSQL("UPDATE outbox_events SET fed = TRUE WHERE fanned_out_at IS NOT NULL", reverse_sql=""),
        ops.RunSQL(
            "CREATE INDEX outbox_events_unfed ON outbox_events (id) WHERE NOT fed",
            reverse_sql="DROP INDEX outbox_events_unfed",
        ),
        ops.RunSQL(BEGIN, reverse_sql="DELETE FROM account_feeds"),
    ]
