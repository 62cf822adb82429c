"""What a brand learns when somebody duplicates the plastic: told and announced."""

from collections.abc import Collection

from backend.cards.issue.applicant import CONTACTS, Applicant
from backend.cards.issue.claim import Claim
from backend.events import ProfileRefreshed
from backend.outbox.announce import announce
from backend.platform.watch.metrics import PROFILES_REFRESHED
from catalog.questionnaire import union
from models.contact import Contact
from models.program import Program


async def refreshed_fields(
    person: Applicant, program: Program, known_there: Collection[str]
) -> tuple[str, ...]:
    """Keys of the questionnaire that this person has answered. `known_there` are the contacts
    that the brand's own list has already, as this person has them."""
    held = {contact.kind.value for contact in await Contact.filter(customer_id=person.customer.id)}
    answered = {key for key, value in person.known.items() if value not in (None, "", [])}
    given = (answered - CONTACTS) | held
    asked = union([(program.key, program.questionnaire)])
    return tuple(key for key in asked if key in given and key not in known_there)


async def announce_refresh(claim: Claim, card_id: int, fields: tuple[str, ...]) -> None:
    """Inside the transaction that makes the card."""
    if not fields:
        return
    event = ProfileRefreshed(card_id, claim.customer_id, claim.program_id, list(fields))
    await announce(claim.at, event)
    PROFILES_REFRESHED.inc()
