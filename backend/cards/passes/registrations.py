"""What owners of cards have answered to their program, while they let its account process it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.cards.steer.next_cards import next_cards
from backend.customers.contacts.told_to_brands import contacts_told
from backend.customers.person.profile import read_profile
from backend.platform.context import Context
from catalog.questions.question import FieldType
from catalog.questions.questionnaire import fields_of, stored_key
from catalog.tenant import Scope
from models.card import Card
from models.consent_document import ConsentPurpose
from models.contact import ContactKind
from models.program import Program


@dataclass(frozen=True, slots=True)
class Registration:
    """`answers` by the type of a standard question, or the label of a program's own."""

    serial: str
    answers: Mapping[str, Any]


async def registrations(
    ctx: Context, scope: Scope, program: Program, after: int, most: int, *, again: bool
) -> tuple[int, Sequence[Registration]]:
    """A page: the id of the last card that was looked at, 0 at the end, and what there is to tell.
    `again`: also of those whose registration the partner has taken."""
    here = "c.removed_at IS NULL"
    ids = await next_cards(scope, after, most, program_id=program.id, holds=here)
    if not ids:
        return 0, []
    theirs = scope.cards().filter(id__in=ids, customer__deleted_at__isnull=True)
    cards = await theirs.order_by("id").select_related("customer")
    told = await _told(ctx, scope, program, cards, again=again) if cards else []
    return ids[-1], told


async def _told(
    ctx: Context, scope: Scope, program: Program, cards: Sequence[Card], *, again: bool
) -> Sequence[Registration]:
    allowed = await _allowed(scope, program, cards)
    taken = set() if again else await _taken(scope, cards)
    people = [card.customer for card in cards if card.customer_id in allowed]
    contacts = await contacts_told(ctx, scope, people)
    return [
        Registration(card.printed_number, _answers(ctx, program, card, contacts))
        for card in cards
        if card.customer_id in allowed and card.printed_number not in taken
    ]


async def _allowed(scope: Scope, program: Program, cards: Sequence[Card]) -> set[int]:
    agreed = scope.consent_states().filter(
        purpose=ConsentPurpose.PERSONAL_DATA,
        subject_id=program.account_id,
        granted=True,
        customer_id__in=[card.customer_id for card in cards],
    )
    return {row.customer_id for row in await agreed}


async def _taken(scope: Scope, cards: Sequence[Card]) -> set[str]:
    named = [card.printed_number for card in cards]
    rows = scope.facade_passes().filter(serial__in=named, taken_at__isnull=False)
    return {row.serial for row in await rows}


def _answers(
    ctx: Context,
    program: Program,
    card: Card,
    contacts: Mapping[int, Mapping[ContactKind, str]],
) -> dict[str, Any]:
    """Of what the program asks, and of nothing else."""
    profile = read_profile(ctx, card.customer)
    answers: dict[str, Any] = {}
    for field in fields_of(program.questionnaire):
        value = profile.get(stored_key(program.key, field))
        if field.type in (FieldType.PHONE, FieldType.EMAIL):
            value = contacts[card.customer_id].get(ContactKind(field.type.value))
        if value not in (None, ""):
            own = field.label.ru if field.label is not None else field.key
            standard = stored_key(program.key, field) == field.type.value
            answers[field.type.value if standard else own] = value
    return answers
