"""A push that is ordered twice under one key is one push."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

# Not part of AddField: SQLite adds no column that is unique.
UNIQUE = "CREATE UNIQUE INDEX pushes_once ON pushes (once) WHERE once IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [('models', '0016_card_identity')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Push',
            name='once',
            field=fields.CharField(null=True, max_length=64),
        ),
        ops.RunSQL(UNIQUE, "DROP INDEX pushes_once"),
    ]
