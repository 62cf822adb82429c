"""POST /push/delivery: one message to one phone, with a true state at once."""

import re
from typing import Any
from uuid import UUID

from backend.messages.accept import accept_for_phones
from backend.messages.sender import sender_of
from backend.messages.states import TOLD
from backend.web.compat.call import Call
from backend.web.compat.koshelek.said import order_of
from backend.web.compat.wrong import Wrong

MSISDN = re.compile(r"[1-9][0-9]{9,14}")


def phone_of(given: Any) -> str:
    """E.164 of digits without a plus, as a number or as text. Raises Wrong."""
    number = isinstance(given, int) and not isinstance(given, bool)
    digits = str(given) if number or isinstance(given, str) else ""
    if not MSISDN.fullmatch(digits):
        raise Wrong(400, "msisdn", "msisdn: expected a number such as 71234567890")
    return f"+{digits}"


async def deliver(call: Call) -> dict[str, Any]:
    phone = phone_of(call.body.get("msisdn"))
    order = await order_of(call)
    (made,) = await accept_for_phones(call.ctx, await sender_of(call.login), order, [phone])
    return {"messageId": made.public_id, "state": TOLD[made.state]}


async def state(call: Call) -> dict[str, Any]:
    """How it stands by now: what the callbacks tell, for whoever has missed one."""
    named = call.path["message"]
    try:
        whole = str(UUID(named))
    except ValueError:
        whole = ""
    found = call.scope.partner_messages().filter(login_id=call.login.id, public_id=whole)
    row = await found.first()
    if row is None:
        raise Wrong(404, "messageId", "messageId: the login has no such message")
    return {"messageId": row.public_id, "state": TOLD[row.state]}
