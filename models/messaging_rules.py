"""What an account lets its brands send, and what it costs; an account without a row has what a new
row has (catalog/messaging_rules.py).

`quiet_from` and `quiet_until` are times of the day, "21:00" and "09:00", where the person is; both
"": no quiet hours. `per_day` and `per_week`: so much advertising of one brand to one person at
most, 0: as much as there is.
"""

from tortoise import fields
from tortoise.models import Model

from models.account import Account


class MessagingRules(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.OneToOneRelation[Account] = fields.OneToOneField(
        "models.Account", related_name="messaging", on_delete=fields.RESTRICT
    )
    account_id: int
    quiet_from = fields.CharField(max_length=5, default="21:00", db_default="21:00")
    quiet_until = fields.CharField(max_length=5, default="09:00", db_default="09:00")
    per_day = fields.IntField(default=0, db_default=0)
    per_week = fields.IntField(default=0, db_default=0)
    # Whether what one has written is let go by another.
    four_eyes = fields.BooleanField(default=False, db_default=False)
    # What one costs: a part of an SMS, a letter, a plastic card.
    sms_kopecks = fields.IntField(default=0, db_default=0)
    email_kopecks = fields.IntField(default=0, db_default=0)
    card_kopecks = fields.IntField(default=0, db_default=0)

    class Meta:
        table = "messaging_rules"
