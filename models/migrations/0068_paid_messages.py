"""A campaign may pay for a quicker way."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0067_digests")]

    operations = [
        ops.AddField(model_name="Campaign", name="paid_messages", field=fields.BigIntField(default=0, db_default=0)),
        ops.AddField(model_name="Campaign", name="paid_stopped", field=fields.CharField(default="", db_default="", max_length=200)),
    ]
