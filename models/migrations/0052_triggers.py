"""Triggers, what waits for its turn, what is known from before, and what people wait for."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from models.message_purpose import MessagePurpose
from models.trigger import TriggerEvent, WaitState

INDEXES = {
    "messages_trigger": "ON messages (trigger_id, customer_id) WHERE trigger_id IS NOT NULL",
    "trigger_waits_due": "ON trigger_waits (promo, due_at, id) WHERE state = 'waiting'",
    "trigger_waits_waiting": "ON trigger_waits (trigger_id, id) WHERE state = 'waiting'",
    "trigger_waits_old": "ON trigger_waits (ended_at) WHERE ended_at IS NOT NULL",
}


class Migration(migrations.Migration):
    dependencies = [('models', '0051_short_links')]

    operations = [
        ops.CreateModel(
            name='Product',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('brand', fields.ForeignKeyField('models.Brand', source_field='brand_id', db_constraint=True, to_field='id', related_name='products', on_delete=OnDelete.RESTRICT)),
                ('key', fields.CharField(max_length=64)),
                ('title', fields.CharField(max_length=200)),
                ('in_stock', fields.BooleanField()),
                ('told_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'products', 'app': 'models', 'unique_together': (('brand', 'key'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Trigger',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('brand', fields.ForeignKeyField('models.Brand', source_field='brand_id', db_constraint=True, to_field='id', related_name='triggers', on_delete=OnDelete.RESTRICT)),
                ('key', fields.CharField(max_length=64)),
                ('name', fields.CharField(max_length=200)),
                ('event', fields.CharEnumField(enum_type=TriggerEvent, max_length=24)),
                ('options', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('condition', fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ('delay_minutes', fields.IntField(default=0)),
                ('stale_minutes', fields.IntField(null=True)),
                ('most', fields.IntField(default=0)),
                ('most_days', fields.IntField(default=1)),
                ('starts_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ends_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('purpose', fields.CharEnumField(enum_type=MessagePurpose, max_length=16)),
                ('wordings', fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ('cascade', fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ('quiet', fields.BooleanField(default=True)),
                ('capped', fields.BooleanField(default=True)),
                ('is_on', fields.BooleanField(default=False)),
                ('since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('author', fields.CharField(default='', max_length=64)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('looked_on', fields.DateField(null=True)),
                ('looked_up_to', fields.BigIntField(null=True)),
            ],
            options={'table': 'triggers', 'app': 'models', 'unique_together': (('brand', 'key'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='TriggerMark',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('brand', fields.ForeignKeyField('models.Brand', source_field='brand_id', db_constraint=True, to_field='id', related_name='trigger_marks', on_delete=OnDelete.RESTRICT)),
                ('customer', fields.ForeignKeyField('models.Customer', source_field='customer_id', db_constraint=True, to_field='id', related_name='trigger_marks', on_delete=OnDelete.RESTRICT)),
                ('what', fields.CharField(max_length=100)),
                ('value', fields.CharField(max_length=64)),
                ('turn', fields.IntField(default=1)),
                ('at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'trigger_marks', 'app': 'models', 'unique_together': (('customer', 'brand', 'what'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='TriggerWait',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('trigger', fields.ForeignKeyField('models.Trigger', source_field='trigger_id', db_constraint=True, to_field='id', related_name='waits', on_delete=OnDelete.RESTRICT)),
                ('customer', fields.ForeignKeyField('models.Customer', source_field='customer_id', db_index=True, db_constraint=True, to_field='id', related_name='trigger_waits', on_delete=OnDelete.RESTRICT)),
                ('card', fields.ForeignKeyField('models.Card', source_field='card_id', null=True, db_constraint=True, to_field='id', related_name='trigger_waits', on_delete=OnDelete.RESTRICT)),
                ('once', fields.CharField(max_length=100)),
                ('about', fields.CharField(default='', max_length=100)),
                ('data', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('promo', fields.BooleanField()),
                ('state', fields.CharEnumField(default=WaitState.WAITING, enum_type=WaitState, max_length=16)),
                ('reason', fields.CharField(default='', max_length=64)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('due_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'trigger_waits', 'app': 'models', 'unique_together': (('trigger', 'once'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Watch',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', db_constraint=True, to_field='id', related_name='watches', on_delete=OnDelete.RESTRICT)),
                ('customer', fields.ForeignKeyField('models.Customer', source_field='customer_id', db_index=True, db_constraint=True, to_field='id', related_name='watches', on_delete=OnDelete.RESTRICT)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'watches', 'app': 'models', 'unique_together': (('product', 'customer'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Message',
            name='trigger',
            field=fields.ForeignKeyField('models.Trigger', source_field='trigger_id', null=True, db_constraint=True, to_field='id', related_name='messages', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Store',
            name='radius_m',
            field=fields.IntField(null=True),
        ),
        *(
            ops.RunSQL(f"CREATE INDEX {name} {sql}", reverse_sql=f"DROP INDEX {name}")
            for name, sql in INDEXES.items()
        ),
    ]
