"""An external card is known by its name too: a phone number is the card number of many shops.

The name is sealed, so that the rows there are get their hash when their owner adds the next card
(backend.cards.identity).
"""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [('models', '0015_pools')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Card',
            name='identity',
            field=fields.CharField(null=True, max_length=64),
        ),
        ops.RunSQL(
            "DROP INDEX cards_external_once",
            reverse_sql="CREATE UNIQUE INDEX cards_external_once ON cards"
            " (customer_id, barcode_value, barcode_format) WHERE program_id IS NULL",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX cards_identity_once ON cards (customer_id, identity)"
            " WHERE identity IS NOT NULL",
            reverse_sql="DROP INDEX cards_identity_once",
        ),
    ]
