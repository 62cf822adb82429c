"""The points of cards in the built-in ledger: double entry, in hundredths of a point.

CardPoints: what stands; the last posting wrote it, and its `version` counts them. Posting: one
movement with its reason; `key` makes it happen once, `digest` tells a repeat from something else.
PostingEntry: what a posting moved between books; the entries of each add up to nothing. PointLot:
points that came together and end together. PointHold: points set aside until they are spent or
given back. Rows of postings and entries are only ever added; a deleted person's reasons go.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.card import Card

# Of one point: amounts are whole numbers of these.
POINT = 100


class Book(StrEnum):
    """`points` and `held` are a card's own, each entry in a lot; the others the program's."""

    POINTS = "points"
    HELD = "held"
    GIVEN = "given"
    SPENT = "spent"
    EXPIRED = "expired"
    CORRECTED = "corrected"


class PostingKind(StrEnum):
    """Stored, and told in events and answers: a name that was used once keeps its meaning."""

    ACCRUE = "accrue"
    WELCOME = "welcome"
    BIRTHDAY = "birthday"
    SPEND = "spend"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"
    REVERSE = "reverse"
    EXPIRE = "expire"
    CORRECT = "correct"
    # What a deleted person had.
    CLOSE = "close"


class HoldState(StrEnum):
    OPEN = "open"
    CAPTURED = "captured"
    RELEASED = "released"


class CardPoints(Model):
    id = fields.BigIntField(primary_key=True)
    card: fields.OneToOneRelation[Card] = fields.OneToOneField(
        "models.Card", related_name="points", on_delete=fields.RESTRICT
    )
    card_id: int
    # May be spent; the card's balance shows it.
    available = fields.BigIntField(default=0)
    held = fields.BigIntField(default=0)
    version = fields.BigIntField(default=0)
    # When the tier may fall: a movement leaves the window then.
    tier_at = fields.DatetimeField(null=True, db_index=True)

    class Meta:
        table = "card_points"


class Posting(Model):
    id = fields.BigIntField(primary_key=True)
    card: fields.ForeignKeyRelation[Card] = fields.ForeignKeyField(
        "models.Card", related_name="postings", on_delete=fields.RESTRICT
    )
    card_id: int
    kind = fields.CharEnumField(PostingKind, max_length=16)
    # Unique per card; those of the house begin with ~.
    key = fields.CharField(max_length=100)
    digest = fields.CharField(max_length=64)
    # Of a correction with its sign, else what was moved.
    amount = fields.BigIntField()
    reason = fields.CharField(max_length=200, default="")
    # The posting that is reversed, the hold that is captured or released.
    of_id = fields.BigIntField(null=True)
    # Actor and door of backend/platform/context.py: "key:3", "api:v1/ledger".
    actor = fields.CharField(max_length=32)
    door = fields.CharField(max_length=64)
    at = fields.DatetimeField()

    class Meta:
        table = "postings"
        unique_together = (("card", "key"),)
        indexes = (("card_id", "id"),)


class PointLot(Model):
    id = fields.BigIntField(primary_key=True)
    card: fields.ForeignKeyRelation[Card] = fields.ForeignKeyField(
        "models.Card", related_name="lots", on_delete=fields.RESTRICT
    )
    card_id: int
    posting: fields.ForeignKeyRelation[Posting] = fields.ForeignKeyField(
        "models.Posting", related_name="lots", on_delete=fields.RESTRICT, db_index=True
    )
    posting_id: int
    amount = fields.BigIntField()
    remains = fields.BigIntField()
    expires_at = fields.DatetimeField(null=True)

    class Meta:
        table = "point_lots"


class PostingEntry(Model):
    id = fields.BigIntField(primary_key=True)
    posting: fields.ForeignKeyRelation[Posting] = fields.ForeignKeyField(
        "models.Posting", related_name="entries", on_delete=fields.RESTRICT, db_index=True
    )
    posting_id: int
    book = fields.CharEnumField(Book, max_length=16)
    # On a card's own books.
    lot: fields.ForeignKeyNullableRelation[PointLot] = fields.ForeignKeyField(
        "models.PointLot", related_name="entries", on_delete=fields.RESTRICT, null=True,
        db_index=True,
    )  # fmt: skip
    lot_id: int | None
    amount = fields.BigIntField()

    class Meta:
        table = "posting_entries"


class PointHold(Model):
    id = fields.BigIntField(primary_key=True)
    card: fields.ForeignKeyRelation[Card] = fields.ForeignKeyField(
        "models.Card", related_name="holds", on_delete=fields.RESTRICT, db_index=True
    )
    card_id: int
    # By which the hold is known.
    posting: fields.OneToOneRelation[Posting] = fields.OneToOneField(
        "models.Posting", related_name="hold", on_delete=fields.RESTRICT
    )
    posting_id: int
    amount = fields.BigIntField()
    state = fields.CharEnumField(HoldState, max_length=16)
    expires_at = fields.DatetimeField()

    class Meta:
        table = "point_holds"
