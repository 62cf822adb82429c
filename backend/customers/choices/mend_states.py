"""Make what stands again what the newest record says: for the operator."""

from backend.consents.record import take_turn
from backend.consents.states import Difference, differences_of
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import note
from models.audit_entry import Verb

_SET = """
INSERT INTO consent_states (customer_id, purpose, subject_id, channel, granted, document_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (customer_id, purpose, subject_id, channel) DO UPDATE
SET granted = EXCLUDED.granted, document_id = EXCLUDED.document_id
"""
_CLEAR = """
UPDATE consent_states SET granted = FALSE
WHERE customer_id = $1 AND purpose = $2 AND subject_id = $3 AND channel = $4
"""


async def mend_states(ctx: Context, account_id: int, customer_id: int) -> list[Difference]:
    """What differed for this person and controller and is put right now. Looked at anew under
    the person's turn, so an answer that comes meanwhile is not undone. What no record ever
    allowed is a no."""
    async with transaction():
        await take_turn(customer_id)
        found = await differences_of(account_id, customer_id)
        for each in found:
            if each.said is None:
                await rows(_CLEAR, [customer_id, *each.subject])
            else:
                values = [customer_id, *each.subject, each.said, each.document_id, each.at]
                await rows(_SET, values)
        if found:
            many = len(found)
            await note(
                ctx, Verb.MEND_CONSENTS, "customer", customer_id, many, account_id=account_id
            )
    return found
