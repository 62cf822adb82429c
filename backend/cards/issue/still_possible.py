"""Why a claim made no card: the conditions of the statement, asked one after the other, the
numbers that somebody carries already, and the card that this person has."""

from backend.cards.issue.claim import Claim
from backend.cards.pocket.shown_otherwise import announce_shown_otherwise
from backend.consents.documents import superseded
from backend.consents.record import take_turn, write_rows
from backend.events.people import ConsentAnswered
from backend.outbox.announce import announce
from backend.platform.database import rows, transaction
from catalog.shelves.browse import open_offer
from models.card import Card
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.pool_number import free_numbers
from models.program import ProgramStatus
from models.refusal import Code, Refusal

# Of those whose turn is next: what is in the way is the first of them that nobody else holds.
_NEXT = free_numbers("$1", "n.id, n.barcode_value, n.printed_number", most=5000)
_QUARANTINE = f"""
UPDATE pool_numbers SET status = 'quarantined' WHERE status = 'free' AND id IN (
    SELECT free.id FROM ({_NEXT}) AS free
    WHERE EXISTS (SELECT 1 FROM cards WHERE cards.program_id = $1 AND (
        cards.barcode_value = free.barcode_value OR cards.printed_number = free.printed_number)))
RETURNING id
"""  # noqa: S608  put together from constants


async def check_still_possible(claim: Claim) -> None:
    """Refuses with application_closed (the person's data was deleted), offer_not_found,
    offer_ended, program_paused, document_changed (replaced between the screen and now) or
    answers_missing (details: field)."""
    if await Customer.filter(id=claim.customer_id, deleted_at__isnull=False).exists():
        raise Refusal(Code.APPLICATION_CLOSED)
    offer = await open_offer(claim.at, claim.offer_id)
    if offer.brand.program.status is ProgramStatus.PAUSED:
        raise Refusal(Code.PROGRAM_PAUSED)
    if await superseded(claim.documents, claim.at):
        raise Refusal(Code.DOCUMENT_CHANGED)
    if claim.contacts:
        await _check_contacts(claim)


async def _check_contacts(claim: Claim) -> None:
    """A contact may have been lost meanwhile to the person who has proven it."""
    held = {
        contact.kind.value
        for contact in await Contact.filter(customer_id=claim.customer_id)
        if contact.kind is not ContactKind.PHONE or contact.verified_at is not None
    }
    for kind in claim.contacts:
        if kind not in held:
            raise Refusal(Code.ANSWERS_MISSING, field=kind)


async def quarantine_taken(program_id: int) -> bool:
    """Free numbers that somebody already carries (a plastic card brought in by its typed
    number, then loaded into the pool) must never be tried again."""
    async with transaction():
        return bool(await rows(_QUARANTINE, [program_id]))


async def standing_card(claim: Claim) -> Card | None:
    """The person's card of the program; one that they had removed comes back with its number.
    Refuses with application_closed when the person's data was deleted meanwhile."""
    card = await Card.get_or_none(customer_id=claim.customer_id, program_id=claim.program_id)
    if card is not None and card.removed_at is not None:
        async with transaction():
            if not await take_turn(claim.customer_id):
                raise Refusal(Code.APPLICATION_CLOSED)
            await Card.filter(id=card.id).update(removed_at=None, hidden=False)
            await write_rows(claim.records, claim.states, claim.customer_id, claim.at)
            if claim.profile is not None:
                await Customer.filter(id=claim.customer_id).update(profile=claim.profile)
            # No card was made, but consents were given: the chain and the partners hear of it.
            await announce(claim.at, ConsentAnswered(claim.customer_id, claim.account_id))
            await announce_shown_otherwise(claim.at, [card.id])
        await card.refresh_from_db()
    return card
