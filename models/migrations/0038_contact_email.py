"""Where those who look after an account get letters about its own things."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0037_brands_in_order")]

    operations = [
        ops.AddField(
            model_name="Account",
            name="contact_email",
            field=fields.CharField(default="", db_default="", max_length=254),
        ),
    ]
