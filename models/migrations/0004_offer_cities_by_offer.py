from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0003_inbox_lanes')]

    initial = False

    operations = [
        ops.AlterField(
            model_name='OfferCity',
            name='offer',
            field=fields.ForeignKeyField('models.Offer', source_field='offer_id', db_index=True, db_constraint=True, to_field='id', related_name='in_cities', on_delete=OnDelete.CASCADE),
        ),
    ]
