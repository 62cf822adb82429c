"""What the catalog shows of a brand: benefit, terms, pictures, cities, schedule, status.

OfferCity: an offer holds in a city; offers that hold everywhere have no such rows.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.brand import Brand
from models.city import City


class OfferStatus(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    PAUSED = "paused"
    ARCHIVED = "archived"


class Offer(Model):
    id = fields.BigIntField(primary_key=True)
    brand: fields.ForeignKeyRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="offers", on_delete=fields.RESTRICT, db_index=True
    )
    brand_id: int
    key = fields.CharField(max_length=64, unique=True)
    benefit_ru = fields.CharField(max_length=200)
    benefit_en = fields.CharField(max_length=200)
    terms_ru = fields.TextField()
    terms_en = fields.TextField()
    # SHA-256 of media rows, in the order in which they are shown.
    pictures: fields.Field[list[str]] = fields.JSONField(default=list)
    everywhere = fields.BooleanField(default=False)
    starts_at = fields.DatetimeField(null=True)
    ends_at = fields.DatetimeField(null=True)
    status = fields.CharEnumField(OfferStatus, max_length=16, default=OfferStatus.DRAFT)
    position = fields.IntField(default=100)

    class Meta:
        table = "offers"
        # Everything that lists and counts offers ask: neither reads the rows with their texts.
        indexes = (("status", "position", "id", "everywhere", "starts_at", "ends_at", "brand_id"),)


class OfferCity(Model):
    id = fields.BigIntField(primary_key=True)
    offer: fields.ForeignKeyRelation[Offer] = fields.ForeignKeyField(
        "models.Offer", related_name="in_cities", on_delete=fields.CASCADE
    )
    offer_id: int
    city: fields.ForeignKeyRelation[City] = fields.ForeignKeyField(
        "models.City", related_name="offers_here", on_delete=fields.RESTRICT
    )
    city_id: int

    class Meta:
        table = "offer_cities"
        unique_together = (("city", "offer"),)
        indexes = (("offer_id",),)
