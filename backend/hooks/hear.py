"""An account's own system calls: what it is about is announced, and looked up there afterwards.

Nothing of what was sent is believed: a call says only that something has changed, so that one that
comes twice, late or out of order does nothing wrong.
"""

from collections.abc import Mapping

import orjson
from pydantic import BaseModel, ValidationError

from backend.events.partners import PartnerCalled
from backend.hooks.token import read_token
from backend.outbox.announce import announce_all
from backend.partners.hooked import hooked
from backend.partners.vendors import vendor
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.use_case_log import log_of
from models.connection import Connection, ConnectionStatus
from models.hook import Hook
from models.refusal import Code, Refusal

_SERVICE = "partners"


async def hear(ctx: Context, text: str, given: Mapping[str, str]) -> int:
    """How many things it is about. Refuses with webhook_not_found; raises NotTheirs."""
    connection = await _connection(text)
    settings, secrets = _configured(ctx, connection)
    about = hooked(connection.vendor).said(settings, secrets, given)
    events = [
        PartnerCalled(connection.id, connection.account_id, each.kind, each.id) for each in about
    ]
    if events:
        async with transaction():
            await announce_all(ctx.clock(), events)
        ctx.wake.set()
    return len(events)


async def _connection(text: str) -> Connection:
    token = read_token(text)
    # of all: whose hook it is, is what is asked
    found = Hook.filter(public_id=token.public_id if token else "").select_related("connection")
    hook = await found.first()
    if token is None or hook is None or not token.is_of(hook.digest):
        raise Refusal(Code.WEBHOOK_NOT_FOUND)
    if hook.connection.status is ConnectionStatus.PAUSED:
        raise Refusal(Code.WEBHOOK_NOT_FOUND)
    return hook.connection


def _configured(ctx: Context, connection: Connection) -> tuple[BaseModel, BaseModel]:
    """Refuses with webhook_not_found where nothing can be checked."""
    kind = vendor(connection.vendor)
    sealed = ctx.vault.open_service(_SERVICE, connection.sealed)
    try:
        settings = kind.settings.model_validate(connection.settings)
        return settings, kind.secrets.model_validate(orjson.loads(sealed))
    except ValidationError:
        log_of(ctx, __name__).warning("a hook has no settings", connection=connection.key)
        raise Refusal(Code.WEBHOOK_NOT_FOUND) from None
