"""A campaign that was not let go says why."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0052_triggers")]

    operations = [
        ops.AddField(model_name="Campaign", name="refused", field=fields.CharField(default="", db_default="", max_length=1000)),
    ]
