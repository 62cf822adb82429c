"""Cards that are shared; one archive; which brands a card was compared with."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.card_share import ShareMode, ShareWith
from tortoise.fields.base import OnDelete
from tortoise import fields


class DropColumn(ops.RemoveField):
    """On SQLite RemoveField makes the table anew without its indexes; both engines can drop."""

    async def database_forward(self, app_label, old_state, new_state, state_editor=None):
        if state_editor is not None:
            await state_editor._run_sql("ALTER TABLE wallet_entries DROP COLUMN archived")


class Migration(migrations.Migration):
    dependencies = [('models', '0011_duplicate')]

    initial = False

    operations = [
        ops.CreateModel(
            name='CardShare',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('card', fields.ForeignKeyField('models.Card', source_field='card_id', db_index=True, db_constraint=True, to_field='id', related_name='shares', on_delete=OnDelete.RESTRICT)),
                ('customer', fields.ForeignKeyField('models.Customer', source_field='customer_id', db_index=True, db_constraint=True, to_field='id', related_name='shares_given', on_delete=OnDelete.RESTRICT)),
                ('guest', fields.ForeignKeyField('models.Customer', source_field='guest_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='shares_taken', on_delete=OnDelete.RESTRICT)),
                ('chat_id', fields.BigIntField(null=True)),
                ('with_whom', fields.CharEnumField(description='PERSON: person\nGROUP: group', enum_type=ShareWith, max_length=8)),
                ('mode', fields.CharEnumField(description='VIEW: view\nUSE: use', enum_type=ShareMode, max_length=8)),
                ('token_hash', fields.CharField(unique=True, max_length=64)),
                ('label', fields.BinaryField(null=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('accepted_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('revoked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('uses', fields.IntField(default=0)),
                ('last_used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'card_shares', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SharedMessage',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('share', fields.ForeignKeyField('models.CardShare', source_field='share_id', db_index=True, db_constraint=True, to_field='id', related_name='messages', on_delete=OnDelete.RESTRICT)),
                ('customer', fields.ForeignKeyField('models.Customer', source_field='customer_id', db_index=True, db_constraint=True, to_field='id', related_name='shared_messages', on_delete=OnDelete.RESTRICT)),
                ('bot_id', fields.BigIntField()),
                ('chat_id', fields.BigIntField()),
                ('message_id', fields.BigIntField()),
                ('sent_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'shared_messages', 'app': 'models', 'unique_together': (('bot_id', 'chat_id', 'message_id'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Program',
            name='sharing',
            field=fields.BooleanField(default=True, db_default=True),
        ),
        ops.AddField(
            model_name='WalletEntry',
            name='brands_until',
            field=fields.BigIntField(default=0, db_default=0),
        ),
        # The archive was kept in two places: the card's own mark is the one.
        ops.RunSQL(
            "UPDATE cards SET hidden = TRUE"
            " WHERE id IN (SELECT card_id FROM wallet_entries WHERE archived)",
            reverse_sql="SELECT 1",
        ),
        DropColumn(model_name='WalletEntry', name='archived'),
    ]
