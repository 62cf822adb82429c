from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0009_wallet_entries')]

    initial = False

    operations = [
        ops.RemoveIndex(
            model_name='Offer',
            name=None,
            fields=['status', 'position', 'id'],
        ),
        ops.AddIndex(
            model_name='Offer',
            index=Index(fields=['status', 'position', 'id', 'everywhere', 'starts_at', 'ends_at', 'brand_id']),
        ),
    ]
