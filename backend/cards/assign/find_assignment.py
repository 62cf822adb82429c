"""An assignment by its link, and held so that nobody else changes it meanwhile."""

from backend.cards.assign.token import NONCE_LETTERS, Purpose, nonce_in
from backend.platform.context import Context
from backend.platform.secrets.vault import Vault
from models.assignment import Assignment, AssignmentState

# Letters that no row has.
_NOBODY = "." * NONCE_LETTERS


async def by_token(vault: Vault, purpose: Purpose, token: str) -> Assignment | None:
    """None for a link that is not ours."""
    nonce = nonce_in(vault, purpose, token)
    # of all: who holds the link may ask; whom it is for is asked afterwards
    return await Assignment.get_or_none(nonce=nonce) if nonce else None


def is_waiting(ctx: Context, row: Assignment) -> bool:
    return row.state is AssignmentState.WAITING and row.expires_at > ctx.clock()


def state_now(ctx: Context, row: Assignment) -> AssignmentState:
    """What is over is so before the schedule has come to it."""
    over = row.state is AssignmentState.WAITING and not is_waiting(ctx, row)
    return AssignmentState.EXPIRED if over else row.state


def may_be_opened(ctx: Context, row: Assignment | None) -> bool:
    """Whether the link leads anywhere: of what was claimed it leads to the card."""
    return row is not None and (row.state is AssignmentState.CLAIMED or is_waiting(ctx, row))


async def block_shows(ctx: Context, token: str) -> str:
    """The nonce of the link that the block in mass mail shows; empty once there is nothing to come
    for. The database is asked for what we have not signed too, so that all take as long."""
    nonce = nonce_in(ctx.vault, Purpose.BLOCK, token)
    # of all: whoever holds the picture's address may look at it
    row = await Assignment.get_or_none(nonce=nonce or _NOBODY)
    return nonce if row is not None and is_waiting(ctx, row) else ""


async def held(assignment_id: int) -> Assignment | None:
    """Inside a transaction, its row locked."""
    # of all: the assignment that the caller has found by its link
    return await Assignment.filter(id=assignment_id).select_for_update().first()
