"""By what a deleted customer can still be found, by somebody who names the contact: keyed hashes.

Consent records outlive the person's data, because the law asks the distributor for proof. This
is the way from «you wrote to me» to those records: whoever holds the dump but not the key
learns nothing, and whoever holds both must first be told the number or the address. Nothing
in the product links a returning person to these rows. They go when no claim can follow any
more (KARMAN_KEEP_EVIDENCE_DAYS).
"""

from tortoise import fields
from tortoise.models import Model

from models.customer import Customer


class Evidence(Model):
    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="evidence", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    # telegram, phone or email: the kind of the blind index (backend.platform.secrets.vault).
    kind = fields.CharField(max_length=16)
    blind_index = fields.CharField(max_length=64, db_index=True)
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "evidence"
