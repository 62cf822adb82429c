"""How the exchange of a connection goes, for the account's people. The connection itself stays in
use: what was loaded answers people all the same."""

from backend.events.partners import ConnectionStopped
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from models.connection import Connection, ConnectionStatus

_LONGEST = 300


async def exchange_stopped(ctx: Context, connection: Connection, reason: str) -> None:
    """Somebody must mend something; they are told once of each reason."""
    said = reason[:_LONGEST]
    async with transaction():
        # of all: one connection
        same = Connection.filter(
            id=connection.id, version=connection.version, status=ConnectionStatus.ACTIVE
        )
        if await same.exclude(reason=said).update(reason=said):
            event = ConnectionStopped(connection.id, connection.account_id, said)
            await announce(ctx.clock(), event)
    ctx.wake.set()


async def exchange_goes_well(connection: Connection) -> None:
    if connection.reason:
        # of all: one connection
        same = Connection.filter(id=connection.id, status=ConnectionStatus.ACTIVE)
        async with transaction():
            await same.update(reason="")
