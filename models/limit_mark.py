"""What a deleted person had used up of a limit, without the person.

A deletion takes the rows away that codes, letters and tries of numbers are counted by. Their
marks stay for two days: a keyed hash of the Telegram id or of the contact, and a time. No row
refers to a customer, and without the service key nobody can tell whose a hash is.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model


class Limited(StrEnum):
    # A code to a phone, a link to an e-mail: sent, whatever became of it.
    PHONE = "phone"
    EMAIL = "email"
    # A program was asked whose card a number is.
    NUMBER = "number"


class LimitMark(Model):
    id = fields.BigIntField(primary_key=True)
    what = fields.CharEnumField(Limited, max_length=16)
    # Of the person (see backend.customers.person.limit_marks), or of the contact that it went to.
    of_person = fields.BooleanField()
    blind_index = fields.CharField(max_length=64)
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "limit_marks"
        indexes = (("what", "blind_index", "at"),)
