"""How cards look, by versions; and cards in the wallets of phones."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.wallet_pass import WalletKind
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields

INDEXES = {
    "wallet_passes_untold": "ON wallet_passes (wallet, id) WHERE version > told",
    "wallet_nonces_old": "ON wallet_nonces (seen_at)",
}


class Migration(migrations.Migration):
    dependencies = [('models', '0062_findings_wait')]

    operations = [
        ops.CreateModel(
            name='CardDesign',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('program', fields.ForeignKeyField('models.Program', source_field='program_id', db_constraint=True, to_field='id', related_name='designs', on_delete=OnDelete.RESTRICT)),
                ('number', fields.IntField()),
                ('design', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('restored', fields.IntField(null=True)),
                ('made_by', fields.CharField(default='', max_length=120)),
                ('made_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'card_designs', 'app': 'models', 'unique_together': (('program', 'number'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WalletCount',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('wallet', fields.CharEnumField(unique=True, description='APPLE: apple\nGOOGLE: google', enum_type=WalletKind, max_length=8)),
                ('version', fields.BigIntField(default=0, db_default=0)),
            ],
            options={'table': 'wallet_counts', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WalletDevice',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(unique=True, max_length=64)),
                ('apns_token', fields.BinaryField()),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'wallet_devices', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WalletNews',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('card', fields.ForeignKeyField('models.Card', source_field='card_id', db_index=True, db_constraint=True, to_field='id', related_name='news', on_delete=OnDelete.RESTRICT)),
                ('message', fields.ForeignKeyField('models.Message', source_field='message_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='news', on_delete=OnDelete.SET_NULL)),
                ('sealed', fields.BinaryField()),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('notified_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'wallet_news', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WalletNonce',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('nonce', fields.CharField(unique=True, max_length=64)),
                ('seen_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'wallet_nonces', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WalletPass',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('card', fields.ForeignKeyField('models.Card', source_field='card_id', db_constraint=True, to_field='id', related_name='passes', on_delete=OnDelete.RESTRICT)),
                ('wallet', fields.CharEnumField(description='APPLE: apple\nGOOGLE: google', enum_type=WalletKind, max_length=8)),
                ('serial', fields.CharField(unique=True, max_length=32)),
                ('issuer', fields.CharField(max_length=128)),
                ('version', fields.BigIntField(default=0, db_default=0)),
                ('told', fields.BigIntField(default=0, db_default=0)),
                ('digest', fields.CharField(default='', db_default='', max_length=64)),
                ('made_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('installed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('voided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('rests_until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('failures', fields.IntField(default=0, db_default=0)),
            ],
            options={'table': 'wallet_passes', 'app': 'models', 'unique_together': (('card', 'wallet'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WalletRegistration',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('device', fields.ForeignKeyField('models.WalletDevice', source_field='device_id', db_constraint=True, to_field='id', related_name='registrations', on_delete=OnDelete.RESTRICT)),
                ('held', fields.ForeignKeyField('models.WalletPass', source_field='held_id', db_index=True, db_constraint=True, to_field='id', related_name='registrations', on_delete=OnDelete.RESTRICT)),
                ('registered_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'wallet_registrations', 'app': 'models', 'unique_together': (('device', 'held'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        *(
            ops.RunSQL(f"CREATE INDEX {name} {sql}", reverse_sql=f"DROP INDEX {name}")
            for name, sql in INDEXES.items()
        ),
    ]
