"""Pause a connection, resume it, try again what was given up."""

from backend.brands.keys import program_of
from backend.connections.connect import note_connection, start_afresh
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.connection import Connection, ConnectionStatus
from models.refusal import Code, Refusal

_VERBS = {
    ConnectionStatus.ACTIVE: Verb.RESUME_CONNECTION,
    ConnectionStatus.PAUSED: Verb.PAUSE_CONNECTION,
}
# of all: what one connection has given up
_AGAIN = """
UPDATE partner_members SET state = 'waiting', attempts = 0, available_at = $1
WHERE connection_id = $2 AND state = 'failed' RETURNING id
"""


async def connection_named(scope: Scope, account_key: str, key: str) -> Connection:
    """With its account. Refuses with connection_not_found."""
    asked = scope.connections().filter(account__key=account_key, key=key)
    found = await asked.select_related("account").first()
    if found is None:
        raise Refusal(Code.CONNECTION_NOT_FOUND)
    return found


async def connection_behind(scope: Scope, program_key: str) -> Connection | None:
    """Of a program. Refuses with program_not_found."""
    program = await program_of(scope, program_key)
    return await scope.connections().get_or_none(id=program.connection_id)


async def steer(
    ctx: Context, scope: Scope, account_key: str, key: str, status: ConnectionStatus
) -> Connection:
    """Resumed, what has waited goes at once. Asked again nothing changes. Refuses with
    connection_not_found."""
    async with transaction():
        named = await connection_named(scope, account_key, key)
        row = await scope.connections().filter(id=named.id).select_for_update().get()
        row.account = named.account
        if row.status is not status:
            row.status, row.reason = status, ""
            await start_afresh(ctx, row)
            await note_connection(ctx, _VERBS[status], row)
    log_of(ctx, __name__).info("a connection is steered", connection=row.id, to=status.value)
    return row


async def retry(ctx: Context, scope: Scope, account_key: str, key: str) -> int:
    """People whose telling was given up are told again: how many. Refuses with
    connection_not_found."""
    async with transaction():
        row = await connection_named(scope, account_key, key)
        people = len(await rows(_AGAIN, [ctx.clock(), row.id]))
        if people:
            whose = row.account_id
            await note(ctx, Verb.RETRY_CONNECTION, "connection", row.id, people, account_id=whose)
        return people
