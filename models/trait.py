"""What an account may ask of a person when it says who is meant.

Trait: of the answers that lie sealed in the profile, coarsely, for an account that was given them:
while their consent to personal data stands and they carry a card of a program that asks. `age` is
the first year of its band (catalog.traits), `birthday` month and day without the year (324), and
`look_at` the day from which the band may be another one. All null: nothing of it was answered.

Attribute: what an account's own system says of a person, under a key of its own: one of a text, a
number and a yes or no.
"""

from tortoise import fields
from tortoise.models import Model

from models.account import Account
from models.customer import Customer


class Trait(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="traits", on_delete=fields.RESTRICT
    )
    account_id: int
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="traits", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    age = fields.SmallIntField(null=True)
    gender = fields.CharField(max_length=8, null=True)
    birthday = fields.SmallIntField(null=True)
    look_at = fields.DateField(null=True)

    class Meta:
        table = "traits"
        unique_together = (("account", "customer"),)


class Attribute(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="attributes", on_delete=fields.RESTRICT
    )
    account_id: int
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="attributes", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    key = fields.CharField(max_length=24)
    text = fields.CharField(max_length=200, null=True)
    number = fields.DecimalField(max_digits=18, decimal_places=6, null=True)
    flag = fields.BooleanField(null=True)
    told_at = fields.DatetimeField()

    class Meta:
        table = "attributes"
        unique_together = (("account", "key", "customer"),)
