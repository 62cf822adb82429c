"""Start on the way to one or several cards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend.cards.issue.application import answers_of, questions_of, seal_answers
from backend.cards.plastic.plastic_number import PlasticNumber
from backend.customers.person.lock import lock_person
from backend.customers.person.profile import SKIPPED, known_fields
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.restored.unsettled import refuse_while_unsettled
from catalog.browse import open_offer
from catalog.stock import out_of_numbers
from models.application import Application, ApplicationStatus
from models.card import Card
from models.customer import Customer
from models.offer import Offer
from models.program import ProgramStatus
from models.refusal import Code, Refusal

# One screen lists what is agreed to; more brands than this at once would not be read.
MOST_OFFERS = 10


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
    now = ctx.clock()
    brought = set(typed_numbers or {})
    offers, refusals = await _available(customer, offer_ids[:MOST_OFFERS], now, brought)
    if not offers:
        raise refusals[0] if refusals else Refusal(Code.OFFER_NOT_FOUND)
    if any(offer.brand.program_id not in (typed_numbers or {}) for offer in offers):
        # Before anybody answers questions in vain.
        await refuse_while_unsettled()
    wanted = [offer.id for offer in offers]
    known = await known_fields(ctx, customer)
    asked_before = known.get(SKIPPED, [])
    questions = [
        key
        for key, field in questions_of(offers).items()
        if key not in known and (field.required or key not in asked_before)
    ]
    typed = {
        str(program): PlasticNumber.of_json(shown).to_json()
        if isinstance(shown, str)
        else shown.to_json()
        for program, shown in (typed_numbers or {}).items()
    }
    async with transaction():
        standing = await _locked_application(customer)
        same = standing is not None and standing.offer_ids == wanted
        if standing is not None and same and standing.typed_numbers == typed:
            return standing
        answers = {}
        if standing is not None:
            answers = _carried(answers_of(ctx, customer, standing), questions)
            standing.status, standing.updated_at = ApplicationStatus.DROPPED, now
            standing.answers = None
            await standing.save()
        left = [n for n, key in enumerate(questions) if key not in answers]
        return await Application.create(
            customer_id=customer.id,
            offer_ids=wanted,
            typed_numbers=typed,
            questions=questions,
            # Whoever was asked nothing has nothing to look over.
            step=(left or [len(questions)])[0] if questions else 1,
            answers=seal_answers(ctx, customer, answers) if answers else None,
            source=source or customer.source,
            created_at=now,
            updated_at=now,
        )


def _carried(answers: dict[str, Any], questions: list[str]) -> dict[str, Any]:
    """What was typed for another card and is asked for this one too: nobody types it twice."""
    return {key: answers[key] for key in questions if key in answers}


async def _locked_application(customer: Customer) -> Application | None:
    await lock_person(customer.id)
    return await Application.get_or_none(customer_id=customer.id, status=ApplicationStatus.OPEN)


async def _available(
    customer: Customer, offer_ids: list[int], now: datetime, brought: set[int]
) -> tuple[list[Offer], list[Refusal]]:
    offers: list[Offer] = []
    refusals: list[Refusal] = []
    programs: set[int] = set()
    for offer_id in dict.fromkeys(offer_ids):
        try:
            offer = await open_offer(now, offer_id)
            await _check(customer, offer, brought)
        except Refusal as refusal:
            refusals.append(refusal)
            continue
        # Two offers of one program make one card.
        if offer.brand.program_id not in programs:
            programs.add(offer.brand.program_id)
            offers.append(offer)
    return offers, refusals


async def _check(customer: Customer, offer: Offer, brought: set[int]) -> None:
    """`brought`: programs whose number the person brings along."""
    program = offer.brand.program
    card = await Card.get_or_none(customer_id=customer.id, program_id=program.id)
    if card is not None and card.removed_at is None:
        raise Refusal(Code.CARD_EXISTS, about=card.id)
    if program.status is ProgramStatus.PAUSED:
        raise Refusal(Code.PROGRAM_PAUSED)
    needs_number = card is None and program.id not in brought
    if needs_number and await out_of_numbers({program.id}):
        raise Refusal(Code.POOL_EMPTY, about=offer.id)
