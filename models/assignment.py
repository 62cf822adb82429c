"""A card that a brand has assigned to one of its customers, who has not come for it yet, or has.

What the brand told of the person (its own id of them, phone, e-mail) is sealed: under a key of the
service while nobody has come, under the person's own key from then on; they are found by keyed
blind indexes. Of the link there is nothing but `nonce`: the link is computed from it with a key
that the database does not hold (see backend.cards.assign.token).
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.card import LONGEST_PRINTED, Card
from models.customer import Customer
from models.program import Program


class AssignmentState(StrEnum):
    """Told to partners: a name that was used once keeps its meaning."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class NumberFrom(StrEnum):
    """Where the number came from, and goes back to: it was free in the pool; the brand gave it,
    and the pool has a row of it only as long as the assignment stands; it was issued before, and
    stays so."""

    POOL = "pool"
    GIVEN = "given"
    ISSUED = "issued"


class Hindrance(StrEnum):
    """Why somebody who proved the contact got no card."""

    NONE = ""
    OTHER_CARD = "other_card"
    NUMBER_TAKEN = "number_taken"


class Assignment(Model):
    id = fields.BigIntField(primary_key=True)
    program: fields.ForeignKeyRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="assignments", on_delete=fields.RESTRICT
    )
    program_id: int
    # Who came for it, and their card.
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="assignments", on_delete=fields.RESTRICT, null=True,
        db_index=True,
    )  # fmt: skip
    customer_id: int | None
    card: fields.ForeignKeyNullableRelation[Card] = fields.ForeignKeyField(
        "models.Card", related_name="assignments", on_delete=fields.RESTRICT, null=True,
        db_index=True,
    )  # fmt: skip
    card_id: int | None
    state = fields.CharEnumField(AssignmentState, max_length=16, default=AssignmentState.WAITING)
    hindrance = fields.CharEnumField(Hindrance, max_length=16, default=Hindrance.NONE)
    nonce = fields.CharField(max_length=16, unique=True)
    # Of the account and the brand's own id; of at most one that stands per program.
    own_index = fields.CharField(max_length=64, db_index=True)
    # As those of contacts, while nobody has come; "" where none was named.
    phone_index = fields.CharField(max_length=64, default="")
    email_index = fields.CharField(max_length=64, default="")
    sealed = fields.BinaryField()
    printed_number = fields.CharField(max_length=LONGEST_PRINTED)
    barcode_value = fields.CharField(max_length=512)
    number_from = fields.CharEnumField(NumberFrom, max_length=8)
    created_at = fields.DatetimeField()
    # Until when somebody may come for it.
    expires_at = fields.DatetimeField()
    # When it was claimed, ran out or was withdrawn.
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "assignments"
