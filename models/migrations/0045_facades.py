"""Partners' programs written for another wallet: by what they ask, and what they asked to tell."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.facade import FacadeKind
from models.partner_message import BulkState, MessageState
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0044_connections')]

    initial = False

    operations = [
        ops.CreateModel(
            name='FacadeLogin',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('account', fields.ForeignKeyField('models.Account', source_field='account_id', db_index=True, db_constraint=True, to_field='id', related_name='facade_logins', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharEnumField(description='KOSHELEK: koshelek\nOSMI: osmi\nOSMI_TOKEN: osmi-token', enum_type=FacadeKind, max_length=16)),
                ('name', fields.CharField(default='', max_length=100)),
                ('login', fields.CharField(unique=True, max_length=64)),
                ('secret', fields.BinaryField()),
                ('initial', fields.BooleanField(default=False)),
                ('settings', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('webhook', fields.ForeignKeyField('models.Webhook', source_field='webhook_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='facade_logins', on_delete=OnDelete.RESTRICT)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('last_used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('revoked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'facade_logins', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='FacadeAnswer',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('login', fields.ForeignKeyField('models.FacadeLogin', source_field='login_id', db_constraint=True, to_field='id', related_name='answers', on_delete=OnDelete.RESTRICT)),
                ('idempotency_key', fields.CharField(max_length=128)),
                ('digest', fields.CharField(max_length=64)),
                ('status', fields.IntField(null=True)),
                ('headers', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('body', fields.BinaryField(null=True)),
                ('created_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'facade_answers', 'app': 'models', 'unique_together': (('login', 'idempotency_key'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='FacadePass',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('account', fields.ForeignKeyField('models.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='facade_passes', on_delete=OnDelete.RESTRICT)),
                ('program', fields.ForeignKeyField('models.Program', source_field='program_id', db_index=True, db_constraint=True, to_field='id', related_name='facade_passes', on_delete=OnDelete.RESTRICT)),
                ('serial', fields.CharField(max_length=128)),
                ('template', fields.CharField(max_length=64)),
                ('assignment', fields.ForeignKeyField('models.Assignment', source_field='assignment_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='facade_passes', on_delete=OnDelete.SET_NULL)),
                ('waits', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('taken_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'facade_passes', 'app': 'models', 'unique_together': (('account', 'serial'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PartnerBulk',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('login', fields.ForeignKeyField('models.FacadeLogin', source_field='login_id', db_index=True, db_constraint=True, to_field='id', related_name='bulks', on_delete=OnDelete.RESTRICT)),
                ('public_id', fields.CharField(unique=True, max_length=36)),
                ('state', fields.CharEnumField(default=BulkState.RECEIVING, description='RECEIVING: receiving\nQUEUED: queued\nDONE: done', enum_type=BulkState, max_length=16)),
                ('said', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('numbers', fields.IntField(default=0)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'partner_bulks', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='BulkPiece',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('bulk', fields.ForeignKeyField('models.PartnerBulk', source_field='bulk_id', db_index=True, db_constraint=True, to_field='id', related_name='pieces', on_delete=OnDelete.RESTRICT)),
                ('sealed', fields.BinaryField()),
            ],
            options={'table': 'partner_bulk_pieces', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PartnerMessage',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('login', fields.ForeignKeyField('models.FacadeLogin', source_field='login_id', db_index=True, db_constraint=True, to_field='id', related_name='messages', on_delete=OnDelete.RESTRICT)),
                ('bulk', fields.ForeignKeyField('models.PartnerBulk', source_field='bulk_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='messages', on_delete=OnDelete.RESTRICT)),
                ('public_id', fields.CharField(unique=True, max_length=36)),
                ('promo', fields.BooleanField()),
                ('answered', fields.CharEnumField(description='NOT_REGISTERED: not_registered\nNO_CONSENT: no_consent\nQUIET_HOURS: quiet_hours\nENQUEUED: enqueued\nDELIVERED: delivered\nOPENED: opened\nFAILED: failed\nUNKNOWN: unknown', enum_type=MessageState, max_length=16)),
                ('state', fields.CharEnumField(description='NOT_REGISTERED: not_registered\nNO_CONSENT: no_consent\nQUIET_HOURS: quiet_hours\nENQUEUED: enqueued\nDELIVERED: delivered\nOPENED: opened\nFAILED: failed\nUNKNOWN: unknown', enum_type=MessageState, max_length=16)),
                ('told', fields.BooleanField(default=False)),
                ('message', fields.OneToOneField('models.Message', source_field='message_id', null=True, db_constraint=True, to_field='id', related_name='partner', on_delete=OnDelete.RESTRICT)),
                ('until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'partner_messages', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Webhook',
            name='authorization',
            field=fields.BinaryField(null=True),
        ),
        ops.RunSQL(
            "CREATE INDEX partner_messages_enqueued ON partner_messages (promo, id)"
            " WHERE state = 'enqueued'",
            reverse_sql="DROP INDEX partner_messages_enqueued",
        ),
    ]
