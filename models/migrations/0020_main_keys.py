from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0019_city_asked')]

    initial = False

    operations = [
        ops.AddField(
            model_name='BotChat',
            name='keys',
            field=fields.CharField(default='', db_default='', max_length=8),
        ),
    ]
