"""Promo sends of a brand; when a person put changed documents off."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.campaign import CampaignState
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0006_consents_append_only')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Push',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('brand', fields.ForeignKeyField('models.Brand', source_field='brand_id', db_index=True, db_constraint=True, to_field='id', related_name='pushes', on_delete=OnDelete.RESTRICT)),
                ('city', fields.ForeignKeyField('models.City', source_field='city_id', null=True, db_constraint=True, to_field='id', related_name='pushes', on_delete=OnDelete.RESTRICT)),
                ('text', fields.TextField(unique=False)),
                ('advertiser', fields.CharField(max_length=300)),
                ('inn', fields.CharField(max_length=12)),
                ('erid', fields.CharField(default='', max_length=64)),
                ('state', fields.CharEnumField(default=CampaignState.COLLECTING, description='COLLECTING: collecting\nSENDING: sending\nDONE: done', enum_type=CampaignState, max_length=16)),
                ('collected_up_to', fields.BigIntField(default=0)),
                ('recipients', fields.IntField(default=0)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('finished_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'pushes', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='BotChat',
            name='consent_later_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Message',
            name='push',
            field=fields.ForeignKeyField('models.Push', source_field='push_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='messages', on_delete=OnDelete.RESTRICT),
        ),
        # AddField leaves the index out.
        ops.RunSQL(
            "CREATE INDEX messages_push ON messages (push_id)",
            reverse_sql="DROP INDEX messages_push",
        ),
    ]
