"""Give a connection an address by which its system calls, or take it away."""

from backend.hooks.token import new_token
from backend.partners.hooked import HOOKED
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from models.audit_entry import Verb
from models.connection import Connection
from models.hook import Hook


class CallsNobody(ValueError):
    """The vendor's system says nothing by itself."""


async def open_hook(ctx: Context, connection: Connection) -> str:
    """The path, shown this once; a former one ends. Raises CallsNobody."""
    if connection.vendor not in HOOKED:
        raise CallsNobody(connection.vendor)
    token = new_token()
    async with transaction():
        # of all: of the connection in hand
        await Hook.filter(connection_id=connection.id).delete()
        await Hook.create(
            connection=connection,
            public_id=token.public_id,
            digest=token.digest,
            created_at=ctx.clock(),
        )
        whose = connection.account_id
        await note(ctx, Verb.OPEN_HOOK, "connection", connection.id, account_id=whose)
    log_of(ctx, __name__).info("a hook is open", connection=connection.key)
    return f"/hooks/{token.text}"


async def close_hook(ctx: Context, connection: Connection) -> bool:
    """Whether there was one."""
    async with transaction():
        # of all: of the connection in hand
        gone = await Hook.filter(connection_id=connection.id).delete()
        if gone:
            whose = connection.account_id
            await note(ctx, Verb.CLOSE_HOOK, "connection", connection.id, account_id=whose)
    return bool(gone)
