"""Issue the cards of an application: each in one transaction, each on its own."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tortoise.exceptions import IntegrityError

from backend.cards.application import Journey
from backend.cards.claim import Claim, add_card, claim_card
from backend.cards.consent_screen import next_controller
from backend.consents.answer import ConsentAnswer
from backend.consents.documents import ControllerDocuments, documents_for
from backend.consents.record import prepare, write_rows
from backend.customers.profile import SKIPPED, known_fields, read_profile, seal_profile
from backend.passes.symbol import SymbolRefused, check_symbol
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from catalog.answers import full_years
from catalog.browse import open_offer
from models.application import Application, ApplicationStatus
from models.card import Card, CardOrigin, CardStatus
from models.consent_record import ConsentAction
from models.customer import Customer
from models.offer import Offer
from models.pool_number import NumberStatus, PoolNumber
from models.program import Program, ProgramStatus
from models.refusal import Code, Refusal

HOW = "bot:consent_screen"
# Another person's rolled-back claim can hide the last free numbers for a moment.
TRIES = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one offer: exactly one of card and refusal is set. `new` is False when
    the card was there already."""

    offer: Offer
    card: Card | None = None
    refusal: Refusal | None = None
    new: bool = False


async def issue_cards(ctx: Context, customer: Customer, journey: Journey) -> list[Outcome]:
    """Issue what was applied for and close the application. Doing it again (a second tap, a
    redelivered update) gives the same cards.

    Refuses with consent_required or answers_missing while something is open.
    """
    if next_controller(journey) is not None:
        raise Refusal(Code.CONSENT_REQUIRED)
    known = {**await known_fields(ctx, customer), **journey.answers}
    for key, field in journey.fields.items():
        if field.required and key not in known:
            raise Refusal(Code.ANSWERS_MISSING, field=key)
    outcomes = [await _issue_one(ctx, customer, journey, offer, known) for offer in journey.offers]
    async with transaction():
        await Application.filter(id=journey.application.id, status=ApplicationStatus.OPEN).update(
            status=ApplicationStatus.DONE, answers=None, updated_at=ctx.clock()
        )
    ctx.wake.set()
    return outcomes


async def _issue_one(
    ctx: Context, customer: Customer, journey: Journey, offer: Offer, known: dict[str, Any]
) -> Outcome:
    try:
        await open_offer(ctx.clock(), offer.id)
        program = offer.brand.program
        if program.status is ProgramStatus.PAUSED:
            raise Refusal(Code.PROGRAM_PAUSED)
        _check_age(program, known, ctx.clock().date())
        claim = await _claim_for(ctx, customer, journey, offer)
        card, new = await _make_card(ctx, claim, journey, program)
    except Refusal as refusal:
        return Outcome(offer, refusal=refusal)
    return Outcome(offer, card=card, new=new)


def _check_age(program: Program, known: dict[str, Any], today: date) -> None:
    born = known.get("birth_date")
    if program.min_age is None or born is None:
        return
    if full_years(date.fromisoformat(born), today) < program.min_age:
        raise Refusal(Code.TOO_YOUNG, age=program.min_age)


async def _make_card(
    ctx: Context, claim: Claim, journey: Journey, program: Program
) -> tuple[Card, bool]:
    standing = await Card.get_or_none(customer_id=claim.customer_id, program_id=program.id)
    if standing is not None:
        return await _bring_back(ctx, claim, standing), False
    typed = journey.application.typed_numbers.get(str(program.id))
    if typed is not None:
        return await _bind(ctx, claim, program, typed)
    for _ in range(TRIES):
        try:
            card_id = await claim_card(claim, ctx.clock())
        except IntegrityError:
            if not await _quarantine_taken(program.id):
                # Nothing to set aside: the conflict was about something else, a mistake of ours.
                raise
            continue
        if card_id is not None:
            return await Card.get(id=card_id), True
        mine = await Card.get_or_none(customer_id=claim.customer_id, program_id=program.id)
        if mine is not None:
            return mine, False
        if not await PoolNumber.filter(program_id=program.id, status=NumberStatus.FREE).exists():
            break
    raise Refusal(Code.POOL_EMPTY)


async def _quarantine_taken(program_id: int) -> bool:
    """Free numbers that somebody already carries (a plastic card brought in by its typed
    number, then loaded into the pool) must never be tried again."""
    async with transaction():
        return bool(await rows(_QUARANTINE, [program_id]))


_QUARANTINE = """
UPDATE pool_numbers SET status = 'quarantined'
WHERE program_id = $1 AND status = 'free' AND EXISTS (
    SELECT 1 FROM cards WHERE cards.program_id = $1 AND (
        cards.barcode_value = pool_numbers.barcode_value
        OR cards.printed_number = pool_numbers.printed_number))
RETURNING id
"""


async def _bring_back(ctx: Context, claim: Claim, card: Card) -> Card:
    """A card that its owner had removed comes back with the same number."""
    if card.status is CardStatus.REMOVED:
        async with transaction():
            now = ctx.clock()
            await Card.filter(id=card.id).update(status=CardStatus.ACTIVE, hidden=False)
            await write_rows(claim.records, claim.states, claim.customer_id, now)
            if claim.profile is not None:
                await Customer.filter(id=claim.customer_id).update(profile=claim.profile)
        await card.refresh_from_db()
    return card


async def _bind(ctx: Context, claim: Claim, program: Program, typed: str) -> tuple[Card, bool]:
    """A plastic card that the customer already has: its number as typed."""
    check_number(program, typed)
    now = ctx.clock()
    try:
        async with transaction():
            pooled = await PoolNumber.get_or_none(program_id=program.id, printed_number=typed)
            if pooled is not None and pooled.status is not NumberStatus.ISSUED:
                # Nobody holds a free number of the pool on plastic.
                raise Refusal(Code.INVALID_NUMBER, reason="not_issued")
            card_id = await add_card(claim, typed, typed, CardOrigin.DUPLICATED, now)
    except IntegrityError as taken:
        raise Refusal(Code.NUMBER_TAKEN) from taken
    if card_id is None:
        return await Card.get(customer_id=claim.customer_id, program_id=program.id), False
    return await Card.get(id=card_id), True


def check_number(program: Program, typed: str) -> None:
    """Refuses with invalid_number when the program's barcode cannot carry it."""
    try:
        check_symbol(program.barcode_format, typed)
    except SymbolRefused as wrong:
        raise Refusal(Code.INVALID_NUMBER, reason=str(wrong)) from wrong


async def _claim_for(ctx: Context, customer: Customer, journey: Journey, offer: Offer) -> Claim:
    program = offer.brand.program
    answers = await _answers_for(ctx, customer, journey, program)
    records, states = prepare(answers, customer.id, ctx.clock())
    return Claim(
        customer_id=customer.id,
        program_id=program.id,
        account_id=program.account_id,
        brand_id=offer.brand_id,
        offer_id=offer.id,
        barcode_format=program.barcode_format.value,
        source=journey.application.source,
        profile=_new_profile(ctx, customer, journey),
        records=records,
        states=states,
    )


def _new_profile(ctx: Context, customer: Customer, journey: Journey) -> bytes | None:
    if not journey.answers:
        return None
    profile = read_profile(ctx, customer)
    skipped = {*profile.get(SKIPPED, []), *journey.answers.get(SKIPPED, [])}
    merged = {**profile, **journey.answers, SKIPPED: sorted(skipped - journey.answers.keys())}
    return seal_profile(ctx, customer, merged)


async def _answers_for(
    ctx: Context, customer: Customer, journey: Journey, program: Program
) -> list[ConsentAnswer]:
    """What the consent screen of this program's controller said. Refuses with
    document_changed when a document was replaced between the screen and now."""
    account = program.account
    choice = journey.application.choices[str(account.id)]
    ids = [each.id for each in journey.programs_under(account.id)]
    documents = await documents_for(account, ids, customer.language, ctx.clock())
    if {doc.id for doc in documents.required()} != set(choice["documents"]) or (
        documents.advertising.id != choice["advertising"]
    ):
        raise Refusal(Code.DOCUMENT_CHANGED)
    return _consent_answers(journey, program, documents, tuple(choice["channels"]))


def _consent_answers(
    journey: Journey, program: Program, documents: ControllerDocuments, channels: tuple[str, ...]
) -> list[ConsentAnswer]:
    application = journey.application
    context = {"application": application.id, "source": application.source}

    def key(document_id: int) -> str:
        return f"application:{application.id}:document:{document_id}"

    terms = documents.terms[program.id]
    granted = ConsentAction.GRANTED
    return [
        ConsentAnswer(
            document=documents.personal_data,
            action=granted,
            key=key(documents.personal_data.id),
            how=HOW,
            subject_id=documents.account.id,
            context=context,
        ),
        ConsentAnswer(
            document=terms,
            action=granted,
            key=key(terms.id),
            how=HOW,
            subject_id=program.id,
            context=context,
        ),
        ConsentAnswer(
            document=documents.advertising,
            action=granted if channels else ConsentAction.DECLINED,
            key=key(documents.advertising.id),
            how=HOW,
            subject_id=documents.account.id,
            brand_ids=journey.brand_ids_under(documents.account.id),
            channels=channels,
            context=context,
        ),
    ]
