"""Passes of a program are looked at anew, batch after batch."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0065_lean_messages")]

    operations = [
        ops.AddField(model_name="Program", name="passes_up_to", field=fields.BigIntField(null=True)),
        ops.AddField(model_name="Program", name="passes_on", field=fields.DateField(null=True)),
    ]
