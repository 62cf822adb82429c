"""When the built-in ledger last looked for birthdays of a program's people."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0033_ledger")]

    operations = [
        ops.AddField(
            model_name="Program",
            name="birthdays_on",
            field=fields.DateField(null=True),
        ),
    ]
