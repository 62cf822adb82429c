"""Which version of a pass was handed out last."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [('models', '0063_wallet_passes')]

    operations = [
        ops.AddField(
            model_name='WalletPass',
            name='fetched',
            field=fields.BigIntField(default=0, db_default=0),
        ),
    ]
