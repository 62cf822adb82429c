"""Start on the way to one or several cards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.cards.issue.application import answers_of, seal_answers
from backend.cards.issue.obtainable import obtainable_offers
from backend.cards.plastic.plastic_number import PlasticNumber
from backend.customers.person.lock import lock_person
from backend.customers.person.profile import known_fields, to_ask
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.restored.unsettled import refuse_while_unsettled
from catalog.questions.questionnaire import questions_of
from models.application import Application, ApplicationStatus
from models.customer import Customer
from models.offer import Offer

# One screen lists what is agreed to; more brands than this at once would not be read.
MOST_OFFERS = 10


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the new application is for. `numbers`: program id as text → PlasticNumber as JSON,
    the shape in which an application keeps them."""

    offer_ids: list[int]
    questions: list[str]
    numbers: dict[str, Any]
    source: str
    assignment_id: int | None = None

    def same_as(self, application: Application) -> bool:
        same = application.offer_ids == self.offer_ids
        assigned = application.assignment_id == self.assignment_id
        return same and assigned and application.typed_numbers == self.numbers


async def apply_for(
    ctx: Context,
    customer: Customer,
    offer_ids: list[int],
    *,
    typed_numbers: Mapping[int, PlasticNumber | str] | None = None,
    source: str = "",
) -> Application:
    """Open an application, in place of one that was left halfway; answers that this one asks
    for too come along. Applying for the same offers again resumes it with every answer kept.

    With several offers those that cannot be had are left out; if none is left, or the only
    one cannot be had, refuses with offer_not_found, offer_ended, program_paused, issuing_paused,
    pool_empty (about: the offer) or card_exists (about: the card).
    """
    now, typed = ctx.clock(), typed_numbers or {}
    offers = await obtainable_offers(customer, offer_ids[:MOST_OFFERS], now, set(typed))
    if any(offer.brand.program_id not in typed for offer in offers):
        # Before anybody answers questions in vain.
        await refuse_while_unsettled()
    wanted = _Wanted(
        offer_ids=[offer.id for offer in offers],
        questions=to_ask(questions_of(offers), await known_fields(ctx, customer)),
        numbers=_as_kept(typed),
        source=source or customer.source,
    )
    async with transaction():
        return await _resume_or_open(ctx, customer, wanted, now)


async def apply_for_assigned(
    ctx: Context, customer: Customer, offer: Offer, assignment_id: int
) -> Application:
    """The same for a card that was assigned to this person: its number is set aside. Refuses with
    offer_not_found, offer_ended, program_paused."""
    now, brought = ctx.clock(), {offer.brand.program_id}
    offers = await obtainable_offers(customer, [offer.id], now, brought)
    wanted = _Wanted(
        offer_ids=[offer.id],
        questions=to_ask(questions_of(offers), await known_fields(ctx, customer)),
        numbers={},
        source=customer.source,
        assignment_id=assignment_id,
    )
    async with transaction():
        return await _resume_or_open(ctx, customer, wanted, now)


def _as_kept(typed: Mapping[int, PlasticNumber | str]) -> dict[str, Any]:
    return {
        str(program): PlasticNumber.of_json(shown).to_json()
        if isinstance(shown, str)
        else shown.to_json()
        for program, shown in typed.items()
    }


async def _resume_or_open(
    ctx: Context, customer: Customer, wanted: _Wanted, now: datetime
) -> Application:
    """Inside a transaction, one at a time for each person: a second tap finds what the first
    one opened."""
    await lock_person(customer.id)
    halfway = await Application.get_or_none(customer_id=customer.id, status=ApplicationStatus.OPEN)
    if halfway is None:
        return await _open(ctx, customer, wanted, {}, now)
    if wanted.same_as(halfway):
        return halfway
    answers = _carried(answers_of(ctx, customer, halfway), wanted.questions)
    await _drop(halfway, now)
    return await _open(ctx, customer, wanted, answers, now)


def _carried(answers: dict[str, Any], questions: list[str]) -> dict[str, Any]:
    """What was typed for another card and is asked for this one too: nobody types it twice."""
    return {key: answers[key] for key in questions if key in answers}


async def _drop(halfway: Application, now: datetime) -> None:
    halfway.status, halfway.updated_at = ApplicationStatus.DROPPED, now
    halfway.answers = None
    await halfway.save()


async def _open(
    ctx: Context, customer: Customer, wanted: _Wanted, answers: dict[str, Any], now: datetime
) -> Application:
    """It stands at the first question without an answer; with every one answered, at the
    summary."""
    left = [n for n, key in enumerate(wanted.questions) if key not in answers]
    return await Application.create(
        customer_id=customer.id,
        offer_ids=wanted.offer_ids,
        typed_numbers=wanted.numbers,
        questions=wanted.questions,
        # Whoever was asked nothing has nothing to look over.
        step=(left or [len(wanted.questions)])[0] if wanted.questions else 1,
        answers=seal_answers(ctx, customer, answers) if answers else None,
        source=wanted.source,
        assignment_id=wanted.assignment_id,
        created_at=now,
        updated_at=now,
    )
