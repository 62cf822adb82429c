"""How its owner keeps a card: star, order, expiry, use; and what only the owner knows.

Whether a card is archived stands on the card itself (`Card.hidden`).

WalletEntry: `own` is sealed JSON under the owner's data key (see
backend.cards.pocket.owner_notes): the name of an external card, the note, the groups, what an
import carried along. `undrawn` names the symbology of a card whose barcode cannot be drawn here
("CODE_93", "none"): then the number alone is shown. A card of a program has no entry until its
owner changes something.

CardPhoto: front, back or icon of the plastic, sealed like the note.
"""

from tortoise import fields
from tortoise.models import Model

from models.card import Card
from models.customer import Customer

# Greater than the id of any brand.
NEVER = 2**63 - 1


class WalletEntry(Model):
    id = fields.BigIntField(primary_key=True)
    card: fields.OneToOneRelation[Card] = fields.OneToOneField(
        "models.Card", related_name="entry", on_delete=fields.RESTRICT
    )
    card_id: int
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer",
        related_name="wallet_entries",
        on_delete=fields.RESTRICT,
        db_index=True,
    )
    customer_id: int
    own = fields.BinaryField(null=True)
    color = fields.CharField(max_length=7, default="")
    undrawn = fields.CharField(max_length=32, default="")
    starred = fields.BooleanField(default=False)
    position = fields.IntField(null=True)
    valid_from = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField(null=True, db_index=True)
    reminded_at = fields.DatetimeField(null=True)
    uses = fields.IntField(default=0)
    last_used_at = fields.DatetimeField(null=True)
    # The newest brand that an external card's name was compared with; NEVER of a program's card.
    brands_until = fields.BigIntField(default=0, db_default=0)

    class Meta:
        table = "wallet_entries"


class CardPhoto(Model):
    id = fields.BigIntField(primary_key=True)
    card: fields.ForeignKeyRelation[Card] = fields.ForeignKeyField(
        "models.Card", related_name="photos", on_delete=fields.RESTRICT
    )
    card_id: int
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="card_photos", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    side = fields.CharField(max_length=8)
    sealed = fields.BinaryField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "card_photos"
        unique_together = (("card", "side"),)
