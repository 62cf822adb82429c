"""Pictures, kept in the database so that every process of a deployment sees them."""

from tortoise import fields
from tortoise.models import Model


class Media(Model):
    sha256 = fields.CharField(max_length=64, primary_key=True)
    mime = fields.CharField(max_length=32)
    width = fields.IntField()
    height = fields.IntField()
    content = fields.BinaryField()

    class Meta:
        table = "media"
