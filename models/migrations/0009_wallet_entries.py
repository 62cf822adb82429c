from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0008_privacy')]

    initial = False

    operations = [
        ops.CreateModel(
            name='CardPhoto',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('card', fields.ForeignKeyField('models.Card', source_field='card_id', db_constraint=True, to_field='id', related_name='photos', on_delete=OnDelete.RESTRICT)),
                ('customer', fields.ForeignKeyField('models.Customer', source_field='customer_id', db_index=True, db_constraint=True, to_field='id', related_name='card_photos', on_delete=OnDelete.RESTRICT)),
                ('side', fields.CharField(max_length=8)),
                ('sealed', fields.BinaryField()),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'card_photos', 'app': 'models', 'unique_together': (('card', 'side'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WalletEntry',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('card', fields.OneToOneField('models.Card', source_field='card_id', db_constraint=True, to_field='id', related_name='entry', on_delete=OnDelete.RESTRICT)),
                ('customer', fields.ForeignKeyField('models.Customer', source_field='customer_id', db_index=True, db_constraint=True, to_field='id', related_name='wallet_entries', on_delete=OnDelete.RESTRICT)),
                ('own', fields.BinaryField(null=True)),
                ('color', fields.CharField(default='', max_length=7)),
                ('undrawn', fields.CharField(default='', max_length=32)),
                ('starred', fields.BooleanField(default=False)),
                ('archived', fields.BooleanField(default=False)),
                ('position', fields.IntField(null=True)),
                ('valid_from', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('expires_at', fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False)),
                ('reminded_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('uses', fields.IntField(default=0)),
                ('last_used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'wallet_entries', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        # The same barcode twice in one pocket is the same card: a second tap, a second import.
        ops.RunSQL(
            "CREATE UNIQUE INDEX cards_external_once ON cards"
            " (customer_id, barcode_value, barcode_format) WHERE program_id IS NULL",
            reverse_sql="DROP INDEX cards_external_once",
        ),
    ]
