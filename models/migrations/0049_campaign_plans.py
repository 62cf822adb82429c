"""A campaign has a plan, and can be written, let go, paused, repeated and cancelled; of its messages
only what differs from person to person is kept. What older versions wrote for a campaign stays as it
is: the text and the city become its plan."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from models.message_purpose import MessagePurpose

# A brace in a text begins a variable from now on; two stand for one.
_TEXT = "REPLACE(REPLACE(text, '{', '{{'), '}', '}}')"
_CITY = "(SELECT key FROM cities WHERE cities.id = campaigns.city_id)"
_BUILT = """
UPDATE campaigns SET plan = {object}(
    'variants', {array}({object}('name', 'A', 'share', 100, 'content',
        {object}('ru', {object}('text', {text}), 'en', {object}('text', {text})))),
    'audience', CASE WHEN city_id IS NULL THEN NULL ELSE
        {object}('all', {array}({object}('field', 'city', 'in', {array}({city})))) END,
    'cascade', {array}({object}('channel', 'telegram')))
"""
PLANS = {
    True: _BUILT.format(
        object="jsonb_build_object", array="jsonb_build_array", text=_TEXT, city=_CITY
    ),
    False: _BUILT.format(object="json_object", array="json_array", text=_TEXT, city=_CITY),
}
# What waits to be sent; of the rest nobody asks.
PROMO = """
UPDATE deliveries SET promo = TRUE WHERE state IN ('queued', 'sending') AND message_id IN (
    SELECT id FROM messages WHERE purpose = 'promo')
"""
STARTED = "UPDATE campaigns SET started_at = created_at"
DROP = (
    "ALTER TABLE campaigns DROP COLUMN text",
    "ALTER TABLE campaigns DROP COLUMN city_id",
    "DROP INDEX messages_campaign",
    "DROP INDEX deliveries_unsettled",
)
POSTGRES = (
    "ALTER TABLE messages ALTER COLUMN once DROP NOT NULL",
    "ALTER TABLE messages DROP CONSTRAINT messages_once_key",
    "DROP INDEX idx_messages_card_id_84994a",
)
KEPT = (
    "id, once, purpose, kind, data, body, created_at, brand_id, card_id, customer_id, campaign_id"
)
# SQLite takes neither UNIQUE nor NOT NULL off a column.
SQLITE = (
    """CREATE TABLE messages_anew (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "once" VARCHAR(128),
    "purpose" VARCHAR(16) NOT NULL,
    "kind" VARCHAR(64) NOT NULL,
    "data" JSON NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "brand_id" BIGINT REFERENCES "brands" ("id") ON DELETE RESTRICT,
    "card_id" BIGINT REFERENCES "cards" ("id") ON DELETE RESTRICT,
    "customer_id" BIGINT NOT NULL REFERENCES "customers" ("id") ON DELETE RESTRICT,
    "campaign_id" BIGINT REFERENCES "campaigns" ("id") ON DELETE RESTRICT)""",
    f"INSERT INTO messages_anew ({KEPT}) SELECT {KEPT} FROM messages",
    """UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'messages')
    WHERE name = 'messages_anew'""",
    "DROP TABLE messages",
    "ALTER TABLE messages_anew RENAME TO messages",
    "CREATE INDEX idx_messages_custome_3631d3 ON messages (customer_id)",
)
# The index on `campaign_id` goes along with the messages' order, in which they are sent.
INDEXES = {
    "messages_once": "UNIQUE INDEX messages_once ON messages (once) WHERE once IS NOT NULL",
    "messages_campaign": "INDEX messages_campaign ON messages (campaign_id, id)"
    " WHERE campaign_id IS NOT NULL",
    "messages_card": "INDEX messages_card ON messages (card_id) WHERE card_id IS NOT NULL",
    "deliveries_sending": "INDEX deliveries_sending ON deliveries (id) WHERE state = 'sending'",
    "deliveries_due": "INDEX deliveries_due ON deliveries (promo, due_at, id)"
    " WHERE state = 'queued' AND due_at IS NOT NULL",
    "campaigns_series": "INDEX campaigns_series ON campaigns (series_id)"
    " WHERE series_id IS NOT NULL",
    "campaigns_open": "INDEX campaigns_open ON campaigns (id) WHERE finished_at IS NULL",
}


async def move(_apps, editor):
    postgres = editor.client.capabilities.dialect == "postgres"
    ask = editor.client.execute_query
    if not postgres:
        # The rename below would take the old index along otherwise.
        await ask("DROP INDEX IF EXISTS idx_messages_card_id_84994a")
    for statement in (PLANS[postgres], STARTED, *DROP, *(POSTGRES if postgres else SQLITE)):
        await ask(statement)


async def nothing(_apps, _editor):
    """The columns do not come back."""


class Gone(ops.RemoveField):
    """From what the models say; `move` drops the column itself."""

    async def database_forward(self, app_label, old_state, new_state, state_editor=None):
        return


class Told(ops.AlterField):
    """Of what the models say alone; `move` does it in the database."""

    async def database_forward(self, app_label, old_state, new_state, state_editor=None):
        return


class Migration(migrations.Migration):
    dependencies = [("models", "0048_registry_files")]

    operations = [
        ops.AddField(
            model_name="Campaign",
            name="name",
            field=fields.CharField(default="", db_default="", max_length=200),
        ),
        ops.AddField(
            model_name="Campaign",
            name="purpose",
            field=fields.CharEnumField(default=MessagePurpose.PROMO, db_default="promo", enum_type=MessagePurpose, max_length=16),
        ),
        ops.AddField(
            model_name="Campaign",
            name="plan",
            field=fields.JSONField(default=dict, db_default={}, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(model_name="Campaign", name="paused_at", field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
        ops.AddField(model_name="Campaign", name="starts_at", field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
        ops.AddField(model_name="Campaign", name="started_at", field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
        ops.AddField(
            model_name="Campaign",
            name="series",
            field=fields.ForeignKeyField("models.Campaign", source_field="series_id", null=True, db_constraint=True, to_field="id", related_name="runs", on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(model_name="Campaign", name="author", field=fields.CharField(default="", db_default="", max_length=64)),
        ops.AddField(model_name="Campaign", name="approved_by", field=fields.CharField(default="", db_default="", max_length=64)),
        ops.AddField(model_name="Campaign", name="approved_at", field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
        ops.AddField(model_name="Campaign", name="sent_up_to", field=fields.BigIntField(default=0, db_default=0)),
        ops.AddField(model_name="Campaign", name="held_out", field=fields.IntField(default=0, db_default=0)),
        ops.RunPython(move, reverse_code=nothing),
        Gone(model_name="Campaign", name="text"),
        Gone(model_name="Campaign", name="city"),
        Told(model_name="Message", name="once", field=fields.CharField(max_length=128, null=True)),
        Told(
            model_name="Message",
            name="card",
            field=fields.ForeignKeyField("models.Card", source_field="card_id", null=True, db_constraint=True, to_field="id", related_name="messages", on_delete=OnDelete.RESTRICT),
        ),
        Told(
            model_name="Message",
            name="campaign",
            field=fields.ForeignKeyField("models.Campaign", source_field="campaign_id", null=True, db_constraint=True, to_field="id", related_name="messages", on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(model_name="Message", name="variant", field=fields.SmallIntField(null=True)),
        ops.AddField(model_name="Delivery", name="step", field=fields.SmallIntField(default=0, db_default=0)),
        ops.AddField(model_name="Delivery", name="promo", field=fields.BooleanField(default=False, db_default=False)),
        ops.AddField(model_name="Delivery", name="due_at", field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
        ops.RunSQL(PROMO, reverse_sql=""),
        *(
            ops.RunSQL(f"CREATE {sql}", reverse_sql=f"DROP INDEX {name}")
            for name, sql in INDEXES.items()
        ),
    ]
