"""What a person showed or typed to have a card added, until the card is there.

CardFinding: `sealed` is JSON under the person's data key (see backend.cards.plastic.seen_card): the
number, the barcode as it was read, and Telegram's name of the picture. The picture itself is
not kept. While the system of the brand whose card it is (`offer_id`) is silent, it is asked again
at `ask_at`.

NumberTry: a program was asked whose card a number is. Counted, so that nobody tries them all.
"""

from tortoise import fields
from tortoise.models import Model

from models.customer import Customer


class CardFinding(Model):
    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="findings", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    sealed = fields.BinaryField()
    offer_id = fields.BigIntField(null=True)
    ask_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "card_findings"


class NumberTry(Model):
    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="number_tries", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    tried_at = fields.DatetimeField()

    class Meta:
        table = "number_tries"
