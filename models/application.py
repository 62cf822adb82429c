"""A customer on the way to one or several cards: what was asked, what was answered.

Lives in SQL so that it resumes after days and after `kill -9`. Answers are sealed
under the customer's data key until they become the profile. At most one is open per
customer: the migration adds the partial unique index.
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.customer import Customer


class ApplicationStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Application(Model):
    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="applications", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    status = fields.CharEnumField(ApplicationStatus, max_length=8, default=ApplicationStatus.OPEN)
    offer_ids: fields.Field[list[int]] = fields.JSONField()
    # {program_id: what was typed or scanned} for offers where the customer already has a card:
    # read through backend.cards.plastic.plastic_number and nowhere else.
    typed_numbers: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    # The card that was assigned to this person (models/assignment.py), when it is for that.
    assignment_id = fields.BigIntField(null=True)
    # Keys of the fields still to ask, in order; fixed when the application is opened.
    questions: fields.Field[list[str]] = fields.JSONField(default=list)
    # The place in `questions` that is current; their number: the answers are looked over; one
    # more: they were, and the consents are asked.
    step = fields.IntField(default=0)
    answers = fields.BinaryField(null=True)
    # What is ticked on the consent screen so far, per controller: nothing beforehand.
    choices: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    source = fields.CharField(max_length=64, default="")
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "applications"
