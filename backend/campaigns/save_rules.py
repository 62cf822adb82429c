"""Change the rules by which an account's brands send messages."""

from backend.brands.put import Saved, noted, put
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.entries.messages.messaging import MessagingEntry
from models.audit_entry import Verb
from models.messaging_rules import MessagingRules


async def save_rules(ctx: Context, account_id: int, entry: MessagingEntry) -> Saved:
    async with transaction():
        found = await put(MessagingRules, {"account_id": account_id}, entry.model_dump())
        return await noted(ctx, Verb.SAVE_MESSAGING, "messaging_rules", found, account_id)
