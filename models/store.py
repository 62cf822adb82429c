"""A place where a brand's card is shown to a cashier."""

from tortoise import fields
from tortoise.models import Model

from models.brand import Brand
from models.city import City


class Store(Model):
    id = fields.BigIntField(primary_key=True)
    brand: fields.ForeignKeyRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="stores", on_delete=fields.CASCADE
    )
    brand_id: int
    city: fields.ForeignKeyRelation[City] = fields.ForeignKeyField(
        "models.City", related_name="stores", on_delete=fields.RESTRICT, db_index=True
    )
    city_id: int
    key = fields.CharField(max_length=64)
    address = fields.CharField(max_length=300)
    lat = fields.FloatField()
    lon = fields.FloatField()
    hours = fields.CharField(max_length=100)
    # How far from it somebody is near it; null: as the trigger says that asks.
    radius_m = fields.IntField(null=True)

    class Meta:
        table = "stores"
        unique_together = (("brand", "key"),)
