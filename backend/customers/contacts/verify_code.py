"""Take the code that was typed."""

import hmac
from dataclasses import dataclass

from backend.customers.contacts.verify_limits import lock_contact
from backend.customers.contacts.verify_settle import Proof, settle
from backend.customers.person.lock import lock_person
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.secrets.vault import Vault
from models.customer import Customer
from models.refusal import Code, Refusal
from models.verification import Verification, VerificationState

MOST_TRIES = 5
CODE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of a code that was sent."""

    salt: str
    digest: str


def is_code(vault: Vault, held: Held, typed: str) -> bool:
    """Constant-time, and the same work for every text that is typed."""
    return hmac.compare_digest(vault.code_digest(held.salt, typed), held.digest)


def digits_of(typed: str) -> str:
    """`123 456` and `123-456` are the code too."""
    return "".join(sign for sign in typed if sign not in " -\u00a0")


async def check_code(ctx: Context, customer: Customer, typed: str) -> Proof:
    """Refuses with wrong_code (left: tries), code_spent or code_expired (also for one that was
    used or replaced)."""
    async with transaction():
        # Returned and not raised: a wrong try must be committed, not rolled back.
        outcome = await _try(ctx, customer, digits_of(typed))
    if isinstance(outcome, Refusal):
        raise outcome
    ctx.wake.set()
    return outcome


async def _try(ctx: Context, customer: Customer, typed: str) -> Proof | Refusal:
    await lock_person(customer.id)
    found = await rows(_COUNT, [customer.id, ctx.clock(), MOST_TRIES])
    if not found:
        return Refusal(Code.CODE_EXPIRED)
    row = await Verification.get(id=found[0]["id"])
    if is_code(ctx.vault, Held(row.salt, row.digest), typed):
        await lock_contact(row.kind, row.blind_index)
        return await settle(ctx, row)
    left = MOST_TRIES - row.tries
    if left > 0:
        return Refusal(Code.WRONG_CODE, left=left)
    await Verification.filter(id=row.id).update(state=VerificationState.SPENT)
    return Refusal(Code.CODE_SPENT)


# The count is the gate: of guesses at once no more pass than tries are left.
_COUNT = """
UPDATE verifications SET tries = tries + 1
WHERE customer_id = $1 AND kind = 'phone' AND state = 'open' AND expires_at > $2 AND tries < $3
RETURNING id
"""
