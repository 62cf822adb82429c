"""Keys that belong to the installation, not to a person, wrapped by the master key.

Names in use: "api" (answers and cursors of the HTTP API), "blind_index" (look-ups by phone and
e-mail), "codes" (hashes of codes sent by SMS), "inbox" (raw updates) and "signing" (links in
e-mail).
"""

from tortoise import fields
from tortoise.models import Model


class ServiceKey(Model):
    name = fields.CharField(max_length=32, primary_key=True)
    wrapped = fields.BinaryField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "service_keys"
