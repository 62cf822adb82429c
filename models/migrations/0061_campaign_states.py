"""A campaign has more states by now; no row or column changes."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from models.campaign import CampaignState


class Told(ops.AlterField):
    """Of what the models say alone: on SQLite AlterField makes the table anew without its
    indexes."""

    async def database_forward(self, app_label, old_state, new_state, state_editor=None):
        return


class Migration(migrations.Migration):
    dependencies = [("models", "0060_sample_readers")]

    operations = [
        Told(
            model_name="Campaign",
            name="state",
            field=fields.CharEnumField(default=CampaignState.COLLECTING, description="DRAFT: draft\nIN_REVIEW: in_review\nSCHEDULED: scheduled\nCOLLECTING: collecting\nSENDING: sending\nDONE: done\nCANCELLED: cancelled", enum_type=CampaignState, max_length=16),
        ),
    ]
