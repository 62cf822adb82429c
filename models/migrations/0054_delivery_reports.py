"""What gateways and mailboxes report of a delivery, when the next channel of a cascade has its turn,
and addresses from which letters came back. Of SMS that older versions have sent nobody is asked."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from models.message import Reported

INDEXES = {
    "deliveries_next": "INDEX deliveries_next ON deliveries (next_at, id) WHERE next_at IS NOT NULL",
    "deliveries_provider": "INDEX deliveries_provider ON deliveries (provider_id)"
    " WHERE channel IN ('sms', 'email') AND provider_id <> ''",
    "deliveries_to_ask": "INDEX deliveries_to_ask ON deliveries (COALESCE(ask_at, changed_at), id)"
    " WHERE channel = 'sms' AND state = 'delivered' AND reported IS NULL",
}


class Migration(migrations.Migration):
    dependencies = [("models", "0053_campaign_refused")]

    operations = [
        ops.AddField(
            model_name="Delivery",
            name="reported",
            field=fields.CharEnumField(null=True, enum_type=Reported, max_length=16),
        ),
        *(
            ops.AddField(
                model_name="Delivery",
                name=name,
                field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
            )
            for name in ("reported_at", "ask_at", "next_at")
        ),
        ops.AddField(
            model_name="Contact",
            name="bounced_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.RunSQL(
            "UPDATE deliveries SET reported = 'unknown' WHERE channel = 'sms' AND state = 'delivered'",
            reverse_sql="UPDATE deliveries SET reported = NULL WHERE channel = 'sms'",
        ),
        *(
            ops.RunSQL(f"CREATE {sql}", reverse_sql=f"DROP INDEX {name}")
            for name, sql in INDEXES.items()
        ),
    ]
