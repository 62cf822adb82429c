"""ConnectionStopped → whoever looks after the account gets a letter that says what is wrong."""

from backend.events.partners import ConnectionStopped
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.staff_letter import StaffLetter, send_staff_letter
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.failures import GiveUp
from models.account import Account
from models.connection import Connection, ConnectionStatus


async def tell_stopped(
    post: GatedChannels, _ctx: Context, happened: Happened[ConnectionStopped]
) -> None:
    """Nothing when it was mended meanwhile. Raises GiveUp without an address, and what sending
    raises."""
    event = happened.event
    # of all: the connection that the event names
    found = Connection.filter(id=event.connection_id, reason=event.reason)
    connection = await found.exclude(status=ConnectionStatus.PAUSED).first()
    if connection is None:
        return
    account = await Account.get(id=event.account_id)
    if not account.contact_email:
        raise GiveUp("the account has no contact_email")
    told = {"key": connection.key, "vendor": connection.vendor, "reason": event.reason}
    once = f"connection-stopped:{happened.id}"
    letter = StaffLetter(account.contact_email, "connection-stopped", once, told)
    await send_staff_letter(post, letter)
