"""A card of a program with a system of its own is written down as asked for before that system is
told of anybody: what was agreed to stands first, and nothing is lost while nobody answers."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from backend.cards.issue.claim import Claim
from backend.cards.issue.claim_card import CLOSE, SET_PROFILE, close_values
from backend.consents.record import take_turn, write_rows
from backend.events.people import ConsentAnswered
from backend.outbox.announce import announce
from backend.platform.database import loaded, rows, transaction
from models.connection import CardRequest, RequestState
from models.program import Program
from models.refusal import Code, Refusal

# Whoever has just asked looks after it themselves; then the lane does.
IN_HAND = timedelta(seconds=15)
# of all: of one person and program
_ADD = """
INSERT INTO card_requests (connection_id, customer_id, program_id, offer_id, key, source, state,
    reason, created_at, available_at, attempts, error)
VALUES ($1, $2, $3, $4, $5, $6, 'waiting', '', $7, $8, 0, '')
ON CONFLICT (program_id, customer_id) WHERE state = 'waiting' DO NOTHING
RETURNING *
"""
# of all: of one person and program
_STANDING = """
SELECT * FROM card_requests
WHERE program_id = $1 AND customer_id = $2 AND state = 'waiting'
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """`new` is False for a second tap."""

    request: CardRequest
    new: bool


async def request_card(claim: Claim, program: Program) -> Asked:
    """What was agreed to, and the request, in one transaction. Refuses with application_closed
    when the person's data was deleted meanwhile."""
    assert program.connection_id is not None
    async with transaction():
        if not await take_turn(claim.customer_id):
            raise Refusal(Code.APPLICATION_CLOSED)
        row, new = await _request(claim, program.connection_id)
        await write_rows(claim.records, claim.states, claim.customer_id, claim.at)
        if claim.profile is not None:
            await rows(SET_PROFILE, [claim.customer_id, claim.profile])
        await announce(claim.at, ConsentAnswered(claim.customer_id, claim.account_id))
        if claim.closes is not None:
            await rows(CLOSE, close_values(claim))
        return Asked(row, new)


async def _request(claim: Claim, connection_id: int) -> tuple[CardRequest, bool]:
    """Inside the transaction. One that stood in the way may be fulfilled before it is read: then
    another is written down, which finds the card."""
    while True:
        if made := await rows(_ADD, _values(claim, connection_id)):
            return loaded(CardRequest, made[0]), True
        if standing := await rows(_STANDING, [claim.program_id, claim.customer_id]):
            return loaded(CardRequest, standing[0]), False


def key_of(claim: Claim, connection_id: int) -> UUID:
    """The same for each time that this person asks for this card: whoever gave it once gives it
    again."""
    name = f"karman:card:{connection_id}:{claim.program_id}:{claim.customer_id}"
    return uuid5(NAMESPACE_URL, name)


def _values(claim: Claim, connection_id: int) -> list[object]:
    key = str(key_of(claim, connection_id))
    whom = [connection_id, claim.customer_id, claim.program_id, claim.offer_id]
    return [*whom, key, claim.source, claim.at, claim.at + IN_HAND]


async def is_awaited(customer_id: int, program_id: int) -> bool:
    return await CardRequest.filter(
        customer_id=customer_id, program_id=program_id, state=RequestState.WAITING
    ).exists()
