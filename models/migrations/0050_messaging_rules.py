"""Quiet hours, caps, prices and the rule of four eyes, of each account that has entered them."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0049_campaign_plans")]

    operations = [
        ops.CreateModel(
            name="MessagingRules",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.OneToOneField("models.Account", source_field="account_id", db_constraint=True, to_field="id", related_name="messaging", on_delete=OnDelete.RESTRICT)),
                ("quiet_from", fields.CharField(default="21:00", db_default="21:00", max_length=5)),
                ("quiet_until", fields.CharField(default="09:00", db_default="09:00", max_length=5)),
                ("per_day", fields.IntField(default=0, db_default=0)),
                ("per_week", fields.IntField(default=0, db_default=0)),
                ("four_eyes", fields.BooleanField(default=False, db_default=False)),
                ("sms_kopecks", fields.IntField(default=0, db_default=0)),
                ("email_kopecks", fields.IntField(default=0, db_default=0)),
                ("card_kopecks", fields.IntField(default=0, db_default=0)),
            ],
            options={"table": "messaging_rules", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
