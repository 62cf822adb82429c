"""Who is meant, kept under a key of an account's; and the lists of cards that it has given.

Segment: `tree` is as catalog/entries/messages/segment.py has checked it, null for everybody. What
is archived keeps its key.

CardList: `unknown` counts the numbers of no card of the account's that somebody carries: they are
not kept.
"""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.account import Account
from models.card import Card


class Segment(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="segments", on_delete=fields.RESTRICT
    )
    account_id: int
    key = fields.CharField(max_length=64)
    name = fields.CharField(max_length=200)
    tree: fields.Field[dict[str, Any] | None] = fields.JSONField(null=True)
    archived_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "segments"
        unique_together = (("account", "key"),)


class CardList(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="card_lists", on_delete=fields.RESTRICT
    )
    account_id: int
    key = fields.CharField(max_length=64)
    name = fields.CharField(max_length=200)
    cards = fields.IntField(default=0)
    unknown = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "card_lists"
        unique_together = (("account", "key"),)


class ListedCard(Model):
    id = fields.BigIntField(primary_key=True)
    list: fields.ForeignKeyRelation[CardList] = fields.ForeignKeyField(
        "models.CardList", related_name="listed", on_delete=fields.RESTRICT
    )
    list_id: int
    card: fields.ForeignKeyRelation[Card] = fields.ForeignKeyField(
        "models.Card", related_name="lists", on_delete=fields.RESTRICT, db_index=True
    )
    card_id: int

    class Meta:
        table = "listed_cards"
        unique_together = (("list", "card"),)
