"""A legal entity that signs up: the personal-data operator named in consents."""

from tortoise import fields
from tortoise.models import Model


class Account(Model):
    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=64, unique=True)
    legal_name_ru = fields.CharField(max_length=300)
    legal_name_en = fields.CharField(max_length=300)
    address_ru = fields.CharField(max_length=500)
    address_en = fields.CharField(max_length=500)
    inn = fields.CharField(max_length=12)
    ogrn = fields.CharField(max_length=15)
    privacy_email = fields.CharField(max_length=254)
    # Where those who look after it get letters about its own things; "": nowhere.
    contact_email = fields.CharField(max_length=254, default="", db_default="")
    timezone = fields.CharField(max_length=64)
    created_at = fields.DatetimeField()

    class Meta:
        table = "accounts"
