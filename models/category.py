"""A shelf of the catalog: groceries, coffee, fashion."""

from tortoise import fields
from tortoise.models import Model


class Category(Model):
    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=64, unique=True)
    name_ru = fields.CharField(max_length=100)
    name_en = fields.CharField(max_length=100)
    emoji = fields.CharField(max_length=16)
    position = fields.IntField()

    class Meta:
        table = "categories"
