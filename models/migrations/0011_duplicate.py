from tortoise import migrations
from tortoise.migrations import operations as ops
from models.program import UnknownNumbers
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0010_offers_shown')]

    initial = False

    operations = [
        ops.CreateModel(
            name='CardFinding',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('customer', fields.ForeignKeyField('models.Customer', source_field='customer_id', db_index=True, db_constraint=True, to_field='id', related_name='findings', on_delete=OnDelete.RESTRICT)),
                ('sealed', fields.BinaryField()),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'card_findings', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='IssuedPlastic',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('program', fields.ForeignKeyField('models.Program', source_field='program_id', db_constraint=True, to_field='id', related_name='plastics', on_delete=OnDelete.RESTRICT)),
                ('number_index', fields.CharField(max_length=64)),
                ('phone_index', fields.CharField(default='', max_length=64)),
                ('email_index', fields.CharField(default='', max_length=64)),
                ('loaded_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'issued_plastics', 'app': 'models', 'unique_together': (('program', 'number_index'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='NumberTry',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('customer', fields.ForeignKeyField('models.Customer', source_field='customer_id', db_index=True, db_constraint=True, to_field='id', related_name='number_tries', on_delete=OnDelete.RESTRICT)),
                ('tried_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'number_tries', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProfileRefresh',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('program', fields.ForeignKeyField('models.Program', source_field='program_id', db_constraint=True, to_field='id', related_name='refreshes', on_delete=OnDelete.RESTRICT)),
                ('day', fields.DateField()),
                ('people', fields.IntField(default=0)),
            ],
            options={'table': 'profile_refreshes', 'app': 'models', 'unique_together': (('program', 'day'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Program',
            name='recognition',
            field=fields.JSONField(default=list, db_default=[], encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name='Program',
            name='unknown_numbers',
            field=fields.CharEnumField(default=UnknownNumbers.AUTO, db_default=UnknownNumbers.AUTO, description='AUTO: auto\nACCEPT: accept\nREFUSE: refuse', enum_type=UnknownNumbers, max_length=8),
        ),
    ]
