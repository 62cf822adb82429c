"""What the catalog shows of a brand: benefit, terms, pictures, cities, schedule, status.

OfferCity: an offer holds in a city; offers that hold everywhere have no such rows.

OfferDraft: a change that waits beside an offer which people see, until it is approved.
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.brand import Brand
from models.city import City


class OfferStatus(StrEnum):
    DRAFT = "draft"
    # Waits for the operator.
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    PAUSED = "paused"
    ARCHIVED = "archived"


class Offer(Model):
    id = fields.BigIntField(primary_key=True)
    brand: fields.ForeignKeyRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="offers", on_delete=fields.RESTRICT
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
    # Of what was entered last and nobody has seen yet: since when it waits, when and why it was
    # refused.
    submitted_at = fields.DatetimeField(null=True)
    refused_at = fields.DatetimeField(null=True)
    reason_ru = fields.CharField(max_length=1000, default="", db_default="")
    reason_en = fields.CharField(max_length=1000, default="", db_default="")

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


class OfferDraft(Model):
    id = fields.BigIntField(primary_key=True)
    offer: fields.OneToOneRelation[Offer] = fields.OneToOneField(
        "models.Offer", related_name="draft", on_delete=fields.RESTRICT
    )
    offer_id: int
    # What is to be seen instead, as backend/brands/offers/content.py has it.
    content: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    # draft or in_review.
    status = fields.CharEnumField(OfferStatus, max_length=16, default=OfferStatus.DRAFT)
    changed_at = fields.DatetimeField()
    submitted_at = fields.DatetimeField(null=True)
    refused_at = fields.DatetimeField(null=True)
    reason_ru = fields.CharField(max_length=1000, default="")
    reason_en = fields.CharField(max_length=1000, default="")

    class Meta:
        table = "offer_drafts"
