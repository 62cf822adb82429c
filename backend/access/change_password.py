"""A partner chooses the password of its login; the first one is good for nothing else."""

import asyncio

from backend.access.facade_secret import hashed
from backend.access.issue_facade import note_facade
from backend.platform.context import Context
from backend.platform.database import transaction
from models.audit_entry import Verb
from models.facade import FacadeLogin


async def change_password(ctx: Context, login: FacadeLogin, password: str) -> None:
    """Of two at once the later holds: each has shown a password that was right."""
    # Outside the transaction: it takes a while.
    kept = await asyncio.to_thread(hashed, password)
    async with transaction():
        row = await FacadeLogin.filter(id=login.id).select_for_update().get()
        row.secret, row.initial = kept, False
        await row.save(update_fields=["secret", "initial"])
        await note_facade(ctx, Verb.CHANGE_FACADE, row)
