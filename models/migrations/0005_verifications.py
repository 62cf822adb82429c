"""Attempts to prove a contact; cards whose owner must confirm his contact again."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.contact import ContactKind
from models.verification import VerificationState
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0004_offer_cities_by_offer')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Verification',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('customer', fields.ForeignKeyField('models.Customer', source_field='customer_id', db_constraint=True, to_field='id', related_name='verifications', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharEnumField(description='PHONE: phone\nEMAIL: email', enum_type=ContactKind, max_length=8)),
                ('how', fields.CharField(max_length=16)),
                ('state', fields.CharEnumField(default=VerificationState.OPEN, description='OPEN: open\nPROVEN: proven\nUSED: used\nREPLACED: replaced\nSPENT: spent\nREFUSED: refused', enum_type=VerificationState, max_length=16)),
                ('sealed', fields.BinaryField()),
                ('blind_index', fields.CharField(max_length=64)),
                ('salt', fields.CharField(default='', max_length=64)),
                ('digest', fields.CharField(default='', max_length=64)),
                ('tries', fields.IntField(default=0)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'verifications', 'app': 'models', 'indexes': [Index(fields=['customer_id', 'kind', 'created_at']), Index(fields=['kind', 'blind_index', 'created_at']), Index(fields=['kind', 'created_at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Card',
            name='recheck_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Card',
            name='recheck_for',
            field=fields.CharField(default='', db_default='', max_length=32),
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX verifications_one_open ON verifications (customer_id, kind)"
            " WHERE state = 'open'",
            reverse_sql="DROP INDEX verifications_one_open",
        ),
    ]
