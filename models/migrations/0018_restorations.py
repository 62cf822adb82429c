"""A database that went back in time; why a number is quarantined."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.restoration import NoticedBy, RestorationState
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0017_push_once')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Restoration',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('noticed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('noticed_by', fields.CharEnumField(description='BACKUP: backup\nMARK: mark\nUPDATES: updates\nOPERATOR: operator', enum_type=NoticedBy, max_length=16)),
                ('lost', fields.BigIntField(null=True)),
                ('ids_from', fields.BigIntField(null=True)),
                ('state', fields.CharEnumField(default=RestorationState.OPEN, description='OPEN: open\nSETTLED: settled', enum_type=RestorationState, max_length=16)),
                ('settled_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('set_aside', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={'table': 'restorations', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='PoolNumber',
            name='reason',
            field=fields.CharField(default='', db_default='', max_length=32),
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX restorations_one_open ON restorations (state)"
            " WHERE state = 'open'",
            reverse_sql="DROP INDEX restorations_one_open",
        ),
    ]
