from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0003_inbox_lanes')]

    initial = False

    operations = [
        ops.AddIndex(
            model_name='OfferCity',
            index=Index(fields=['offer_id']),
        ),
    ]
