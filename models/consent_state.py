"""What holds now: the newest answer per customer, purpose, subject and channel.

A projection of the consent records, written in the same transaction, so that the gate is
one row by key. It can be rebuilt from the records at any time.

`subject_id`: the brand for advertising, the account for personal data, the program
for program terms. `channel` is empty except for advertising.

Of advertising, the city in which the person lives and whether the channel leads to them stand
beside the answer (docs/decisions/0026-placed-consents.md): the database itself writes them, in the
transaction of whatever changes them. `reach`: 0, the person is no more; 1, they are not found;
2, they are; null, it was answered before this was kept and is not placed yet.
"""

from tortoise import fields
from tortoise.models import Model

from models.consent_document import ConsentPurpose
from models.customer import Customer


class ConsentState(Model):
    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="consent_states", on_delete=fields.RESTRICT
    )
    customer_id: int
    purpose = fields.CharEnumField(ConsentPurpose, max_length=16)
    subject_id = fields.BigIntField()
    channel = fields.CharField(max_length=16, default="")
    granted = fields.BooleanField()
    document_id = fields.BigIntField()
    at = fields.DatetimeField()
    city_id = fields.BigIntField(null=True)
    reach = fields.SmallIntField(null=True)

    class Meta:
        table = "consent_states"
        unique_together = (("customer", "purpose", "subject_id", "channel"),)
