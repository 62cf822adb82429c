"""A promo send of one brand: one text to everybody who may have it, in batches.

The recipients are messages with a queued delivery each, written in batches of customers:
`collected_up_to` is the last customer id that was looked at, so that a killed process goes on
where it stopped.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.brand import Brand
from models.city import City


class CampaignState(StrEnum):
    COLLECTING = "collecting"
    SENDING = "sending"
    DONE = "done"


class Campaign(Model):
    id = fields.BigIntField(primary_key=True)
    brand: fields.ForeignKeyRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="campaigns", on_delete=fields.RESTRICT, db_index=True
    )
    brand_id: int
    # Only people of this city.
    city: fields.ForeignKeyNullableRelation[City] = fields.ForeignKeyField(
        "models.City", related_name="campaigns", on_delete=fields.RESTRICT, null=True
    )
    city_id: int | None
    text = fields.TextField()
    # What the law on advertising wants to be told with it.
    advertiser = fields.CharField(max_length=300)
    inn = fields.CharField(max_length=12)
    erid = fields.CharField(max_length=64, default="")
    # The operator's own key: an order that is given twice is one campaign (migration 0017).
    once = fields.CharField(max_length=64, null=True)
    state = fields.CharEnumField(CampaignState, max_length=16, default=CampaignState.COLLECTING)
    collected_up_to = fields.BigIntField(default=0)
    recipients = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "campaigns"
