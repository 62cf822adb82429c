from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0026_identities')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ChainMark',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('linked_up_to', fields.BigIntField(default=0)),
                ('seen_up_to', fields.BigIntField(default=0)),
                ('horizon', fields.BigIntField(default=0)),
            ],
            options={'table': 'chain_marks', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='NumberWait',
            name='announced_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
