"""A legal entity that signs up: the personal-data operator named in consents."""

from tortoise import fields
from tortoise.models import Model


class Account(Model):
    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=64, unique=True)
    legal_name = fields.CharField(max_length=300)
    inn = fields.CharField(max_length=12)
    address = fields.CharField(max_length=500)
    privacy_email = fields.CharField(max_length=254)
    created_at = fields.DatetimeField()

    class Meta:
        table = "accounts"
