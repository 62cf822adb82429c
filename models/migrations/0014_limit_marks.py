"""What deleted people had used up of limits; deleted people found without looking at all."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.limit_mark import Limited
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [('models', '0013_card_removed_at')]

    initial = False

    operations = [
        ops.CreateModel(
            name='LimitMark',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('what', fields.CharEnumField(description='PHONE: phone\nEMAIL: email\nNUMBER: number', enum_type=Limited, max_length=16)),
                ('of_person', fields.BooleanField()),
                ('blind_index', fields.CharField(max_length=64)),
                ('at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'limit_marks', 'app': 'models', 'indexes': [Index(fields=['what', 'blind_index', 'at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.RunSQL(
            "CREATE INDEX customers_deleted ON customers (deleted_at)"
            " WHERE deleted_at IS NOT NULL",
            reverse_sql="DROP INDEX customers_deleted",
        ),
    ]
