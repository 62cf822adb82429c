"""A city where offers hold and customers live."""

from tortoise import fields
from tortoise.models import Model


class City(Model):
    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=64, unique=True)
    name_ru = fields.CharField(max_length=100)
    name_en = fields.CharField(max_length=100)
    lat = fields.FloatField()
    lon = fields.FloatField()
    population = fields.IntField()
    timezone = fields.CharField(max_length=64)

    class Meta:
        table = "cities"
