from tortoise import migrations
from tortoise.migrations import operations as ops
from models.program import PoolLevel
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0014_limit_marks')]

    initial = False

    operations = [
        ops.CreateModel(
            name='NumberWait',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('customer', fields.ForeignKeyField('models.Customer', source_field='customer_id', db_constraint=True, to_field='id', related_name='number_waits', on_delete=OnDelete.RESTRICT)),
                ('program', fields.ForeignKeyField('models.Program', source_field='program_id', db_index=True, db_constraint=True, to_field='id', related_name='number_waits', on_delete=OnDelete.RESTRICT)),
                ('offer', fields.ForeignKeyField('models.Offer', source_field='offer_id', db_index=True, db_constraint=True, to_field='id', related_name='number_waits', on_delete=OnDelete.RESTRICT)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'number_waits', 'app': 'models', 'unique_together': (('customer', 'program'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Program',
            name='plastic',
            field=fields.BooleanField(default=True, db_default=True),
        ),
        ops.AddField(
            model_name='Program',
            name='pool_level',
            field=fields.CharEnumField(default=PoolLevel.OK, description='OK: ok\nLOW: low\nEMPTY: empty', db_default=PoolLevel.OK, enum_type=PoolLevel, max_length=8),
        ),
    ]
