"""Something was done to a person by somebody with power over them."""

from backend.platform.context import Context
from backend.platform.database import rows
from backend.platform.watch.audit import note
from models.audit_entry import Verb

# of all: the accounts that the person ever answered
_TOLD = "SELECT DISTINCT account_id FROM consent_records WHERE customer_id = $1 ORDER BY account_id"


async def note_person(ctx: Context, verb: Verb, customer_id: int) -> None:
    """Inside the caller's transaction: into the trail of each account that was ever told of the
    person, or of the operator alone where there is none."""
    told = [row["account_id"] for row in await rows(_TOLD, [customer_id])]
    for account_id in told or [None]:
        await note(ctx, verb, "customer", customer_id, account_id=account_id)
