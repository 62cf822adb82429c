"""A name, logo and colours that people recognise."""

from tortoise import fields
from tortoise.models import Model

from models.category import Category
from models.media import Media
from models.program import Program


class Brand(Model):
    id = fields.BigIntField(primary_key=True)
    program: fields.ForeignKeyRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="brands", on_delete=fields.RESTRICT, db_index=True
    )
    program_id: int
    category: fields.ForeignKeyRelation[Category] = fields.ForeignKeyField(
        "models.Category", related_name="brands", on_delete=fields.RESTRICT, db_index=True
    )
    category_id: int
    key = fields.CharField(max_length=64, unique=True)
    name_ru = fields.CharField(max_length=100)
    name_en = fields.CharField(max_length=100)
    about_ru = fields.TextField(default="")
    about_en = fields.TextField(default="")
    website = fields.CharField(max_length=300, default="")
    aliases: fields.Field[list[str]] = fields.JSONField(default=list)
    primary_color = fields.CharField(max_length=7)
    secondary_color = fields.CharField(max_length=7)
    logo: fields.ForeignKeyNullableRelation[Media] = fields.ForeignKeyField(
        "models.Media", related_name="brands", on_delete=fields.RESTRICT, null=True
    )
    logo_id: str | None

    # The place among brands by when people could first have something of them, unique; null: they
    # never could (backend/cards/pocket/reminders/number_joined.py).
    joined_seq = fields.BigIntField(null=True)

    class Meta:
        table = "brands"
