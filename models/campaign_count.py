"""How many messages of a campaign ended how, by its wordings and channels.

Kept while it goes out (backend/sending/counts.py), so that how far it is can be told at any moment.
"""

from tortoise import fields
from tortoise.models import Model

from models.campaign import Campaign


class CampaignCount(Model):
    id = fields.BigIntField(primary_key=True)
    campaign: fields.ForeignKeyRelation[Campaign] = fields.ForeignKeyField(
        "models.Campaign", related_name="counts", on_delete=fields.RESTRICT
    )
    campaign_id: int
    variant = fields.SmallIntField(default=0)
    channel = fields.CharField(max_length=16)
    # A DeliveryState.
    state = fields.CharField(max_length=16)
    n = fields.BigIntField(default=0)
    kopecks = fields.BigIntField(default=0)

    class Meta:
        table = "campaign_counts"
        unique_together = (("campaign", "variant", "channel", "state"),)
