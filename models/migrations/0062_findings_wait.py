"""A plastic card may wait for its brand's system to answer."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

WAITING = "CREATE INDEX card_findings_waiting ON card_findings (ask_at) WHERE ask_at IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("models", "0061_campaign_states")]

    operations = [
        ops.AddField(model_name="CardFinding", name="offer_id", field=fields.BigIntField(null=True)),
        ops.AddField(model_name="CardFinding", name="ask_at", field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
        ops.RunSQL(WAITING, reverse_sql="DROP INDEX card_findings_waiting"),
    ]
