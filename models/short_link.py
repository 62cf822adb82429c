"""Where a brand's messages lead, and who has followed a link of theirs.

ShortLink: one for each address of a wording and each channel by which it is said. `source` is what
sends it, such as `campaign:17`; `url` is where it leads, with the labels by which the brand's own
counter knows where people came from. `digest` is of the address as the brand wrote it.

LinkClick: that whoever got this message has followed this link. It names nobody: whose message it
was stands in the message, and it goes with the person's data.
"""

from tortoise import fields
from tortoise.models import Model

from models.brand import Brand
from models.message import Message

LONGEST_SOURCE = 40
LONGEST_URL = 2000
# More than that is a machine.
MOST_TIMES = 1000


class ShortLink(Model):
    id = fields.BigIntField(primary_key=True)
    brand: fields.ForeignKeyRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="short_links", on_delete=fields.RESTRICT, db_index=True
    )
    brand_id: int
    source = fields.CharField(max_length=LONGEST_SOURCE)
    variant = fields.SmallIntField(default=0)
    channel = fields.CharField(max_length=16)
    # SHA-256, in hex.
    digest = fields.CharField(max_length=64)
    # Which of the addresses in the wording it is, from 0.
    position = fields.SmallIntField(default=0)
    url = fields.TextField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "short_links"
        unique_together = (("source", "variant", "channel", "digest"),)


class LinkClick(Model):
    id = fields.BigIntField(primary_key=True)
    link: fields.ForeignKeyRelation[ShortLink] = fields.ForeignKeyField(
        "models.ShortLink", related_name="clicks", on_delete=fields.RESTRICT, db_index=True
    )
    link_id: int
    message: fields.ForeignKeyRelation[Message] = fields.ForeignKeyField(
        "models.Message", related_name="clicks", on_delete=fields.RESTRICT
    )
    message_id: int
    first_at = fields.DatetimeField()
    last_at = fields.DatetimeField()
    # MOST_TIMES at most.
    times = fields.IntField(default=1)

    class Meta:
        table = "link_clicks"
        unique_together = (("message", "link"),)
