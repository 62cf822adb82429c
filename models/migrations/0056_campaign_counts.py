"""How far campaigns are, counted as their messages end."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0055_segments")]

    operations = [
        ops.CreateModel(
            name="CampaignCount",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("campaign", fields.ForeignKeyField("models.Campaign", source_field="campaign_id", db_constraint=True, to_field="id", related_name="counts", on_delete=OnDelete.RESTRICT)),
                ("variant", fields.SmallIntField(default=0)),
                ("channel", fields.CharField(max_length=16)),
                ("state", fields.CharField(max_length=16)),
                ("n", fields.BigIntField(default=0)),
                ("kopecks", fields.BigIntField(default=0)),
            ],
            options={"table": "campaign_counts", "app": "models", "unique_together": (("campaign", "variant", "channel", "state"),), "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
