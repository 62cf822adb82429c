"""A person who carries cards.

`profile` is AES-256-GCM under the person's own data key, which is itself wrapped by
the master key: destroying `data_key` destroys everything sealed for this person. A deleted
customer is a row without a person: an id for consent records and card numbers to refer to.
By what they are known in Telegram and elsewhere, and whether they can be reached there, stands in
`models/identity.py`.
"""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.city import City

# Bound into what is sealed (backend/platform/secrets/vault.py): it never changes.
PROFILE_PLACE = "customer.profile"


class Customer(Model):
    id = fields.BigIntField(primary_key=True)
    language = fields.CharField(max_length=2)
    city: fields.ForeignKeyNullableRelation[City] = fields.ForeignKeyField(
        "models.City", related_name="customers", on_delete=fields.RESTRICT, null=True, db_index=True
    )
    city_id: int | None
    data_key = fields.BinaryField(null=True)
    profile = fields.BinaryField(null=True)
    source = fields.CharField(max_length=64, default="")
    created_at = fields.DatetimeField()
    deleted_at = fields.DatetimeField(null=True)
    # What the deletion did, in numbers: the receipt can be given again.
    deletion: fields.Field[dict[str, Any] | None] = fields.JSONField(null=True)

    # Whether they want to hear of new brands in their city, and the `joined_seq` of the brand up to
    # which they have.
    hears_of_brands = fields.BooleanField(default=False, db_default=False)
    brands_until = fields.BigIntField(default=0, db_default=0)
    # Whether advertising in the chat comes once a day, all of it in one message.
    ads_digest = fields.BooleanField(default=False, db_default=False)

    class Meta:
        table = "customers"
