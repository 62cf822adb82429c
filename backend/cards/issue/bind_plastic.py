"""A plastic card that the customer already has becomes a card here, and the brand learns what is
new about them."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from tortoise.exceptions import IntegrityError

from backend.cards.issue.applicant import CONTACTS, Applicant
from backend.cards.issue.claim import Claim
from backend.cards.issue.claim_card import add_card
from backend.cards.issue.still_possible import check_still_possible, standing_card
from backend.cards.plastic.plastic_number import PlasticNumber, check_number
from backend.cards.plastic.whose_number import settle_owner
from backend.consents.record import take_turn
from backend.events.cards import ProfileRefreshed
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.metrics import PROFILES_REFRESHED
from catalog.questions.questionnaire import union
from models.card import Card, CardOrigin
from models.contact import Contact
from models.offer import Offer
from models.program import Program
from models.refusal import Code, Refusal


async def bind_plastic(
    ctx: Context, person: Applicant, claim: Claim, offer: Offer, given: Any
) -> tuple[Card, bool]:
    """The card with a number as it was typed, or read off a picture, and whether it is new.
    Refuses with number_taken, and like check_still_possible, check_number and settle_owner."""
    program, shown = offer.brand.program, PlasticNumber.of_json(given)
    await check_still_possible(claim)
    standing = await standing_card(claim)
    if standing is not None:
        return standing, False
    check_number(program, shown)
    _, known_there = await settle_owner(ctx, person.customer, program, shown)
    fields = await _refreshed_fields(person, program, known_there)
    claim = replace(claim, barcode_format=(shown.format or program.barcode_format).value)
    try:
        async with transaction():
            if not await take_turn(claim.customer_id):
                raise Refusal(Code.APPLICATION_CLOSED)
            card = await add_card(claim, shown.number, shown.carried, CardOrigin.DUPLICATED)
            if card is not None:
                await _announce_refresh(claim, card.id, fields)
    except IntegrityError as taken:
        raise Refusal(Code.NUMBER_TAKEN) from taken
    if card is None:
        return await Card.get(customer_id=claim.customer_id, program_id=program.id), False
    return card, True


async def _refreshed_fields(
    person: Applicant, program: Program, known_there: Collection[str]
) -> tuple[str, ...]:
    """Keys of the questionnaire that this person has answered. `known_there` are the contacts
    that the brand's own list has already, as this person has them."""
    held = {contact.kind.value for contact in await Contact.filter(customer_id=person.customer.id)}
    answered = {key for key, value in person.known.items() if value not in (None, "", [])}
    given = (answered - CONTACTS) | held
    asked = union([(program.key, program.questionnaire)])
    return tuple(key for key in asked if key in given and key not in known_there)


async def _announce_refresh(claim: Claim, card_id: int, fields: tuple[str, ...]) -> None:
    """Inside the transaction that makes the card."""
    if not fields:
        return
    event = ProfileRefreshed(card_id, claim.customer_id, claim.program_id, list(fields))
    await announce(claim.at, event)
    PROFILES_REFRESHED.inc()
