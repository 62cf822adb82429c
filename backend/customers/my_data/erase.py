"""Every table that holds something of a customer, and what a deletion does to it.

A test compares these lists with the models: a new table that refers to customers must be
named here (and in export_data.py) before it can be merged.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from backend.cards.pocket.end_shares import revoke_all_of
from backend.identities import telegram_chat_of
from backend.platform.database import is_postgres, rows
from models.customer import Customer

# Deleted by customer.
DELETED = (
    "identities",
    "verifications",
    "contacts",
    "applications",
    "card_photos",
    "wallet_entries",
    "card_findings",
    "number_tries",
    "number_waits",
    "assignments",
    "sales",
    "card_requests",
    "sample_readers",
    "trigger_waits",
    "trigger_marks",
    "watches",
    "traits",
    "attributes",
)
# Kept, and what is left of them there.
KEPT = {
    "cards": "give_cards_back.py: removed, the number is nobody's any more",
    "consent_records": "evidence: append-only, made without the person's data",
    "consent_states": "what the evidence adds up to: every answer is a no by now",
    "evidence": "keyed hashes, made by the deletion itself",
    "card_shares": "nothing but ids, until what shows the card is taken away; then deleted",
    "shared_messages": "where the card is still to be seen: deleted as each is taken away",
    "partner_members": "until their system was told that the person has left; then deleted",
    "messages": "that there was one, of what kind, when: its values and words are emptied",
}
# Of the person's private chats with our bots; the chat's id is the person's id.
_CHATS = "DELETE FROM bot_chats WHERE chat_id = $1"
_PICTURES = "DELETE FROM telegram_files WHERE chat_id = $1"
# Cards of others that were shown in the person's own chat.
# of all: the chat of the person
_SHOWN_HERE = "DELETE FROM shared_messages WHERE chat_id = $1"
_SHARES = """
DELETE FROM card_shares WHERE customer_id = $1
    AND NOT EXISTS (SELECT 1 FROM shared_messages m WHERE m.share_id = card_shares.id)
"""
_EMPTIED = """
UPDATE card_shares SET guest_id = NULL, chat_id = NULL, label = NULL
WHERE customer_id = $1
"""
# Of the person's cards, in the lists of whichever account.
_LISTED = """
DELETE FROM listed_cards WHERE card_id IN (SELECT id FROM cards WHERE customer_id = $1)
"""
# What was told on their cards in phones; and by what a change of what they show is known, so that
# the wallets hear that they are void.
_NEWS = """
DELETE FROM wallet_news WHERE card_id IN (SELECT id FROM cards WHERE customer_id = $1)
"""
_SHOWN = """
UPDATE wallet_passes SET digest = '' WHERE id IN (
    SELECT id FROM wallet_passes WHERE card_id IN (SELECT id FROM cards WHERE customer_id = $1)
    ORDER BY id{lock})
"""
# The current update (this very tap) has no handled_at yet: it is emptied when it is handled.
_INBOX = """
UPDATE telegram_updates SET payload = $1, lane = 0
WHERE lane IN ($2, $3) AND handled_at IS NOT NULL
"""
_MESSAGES = "UPDATE messages SET data = '{}', body = '' WHERE customer_id = $1"
_CLICKS = """
DELETE FROM link_clicks WHERE message_id IN (SELECT id FROM messages WHERE customer_id = $1)
"""
_QUEUED = """
UPDATE deliveries SET state = 'stopped', reason = 'the customer deleted their data', changed_at = $1
WHERE state = 'queued' AND message_id IN (SELECT id FROM messages WHERE customer_id = $2)
"""
# Inline queries have lanes of their own: see bot/intake/update.py.
INLINE_LANES = 1 << 60


async def erase_rows(customer: Customer, now: datetime) -> dict[str, int]:
    """Inside the transaction of a deletion; returns how many rows per table."""
    await revoke_all_of(now, customer)
    chat = await telegram_chat_of(customer.id)
    if chat is not None:
        await rows(_SHOWN_HERE, [chat])
    shares = await _changed(_SHARES, [customer.id]) + await _changed(_EMPTIED, [customer.id])
    erased = {
        table: await _changed(f"DELETE FROM {table} WHERE customer_id = $1", [customer.id])  # noqa: S608  names from above
        for table in DELETED
    }
    erased["card_shares"] = shares
    erased["listed_cards"] = await _changed(_LISTED, [customer.id])
    erased["wallet_news"] = await _changed(_NEWS, [customer.id])
    # In the order in which others hold them.
    await rows(_SHOWN.format(lock=" FOR UPDATE" if is_postgres() else ""), [customer.id])
    await rows(_QUEUED, [now, customer.id])
    erased["clicks"] = await _changed(_CLICKS, [customer.id])
    erased["messages"] = await _changed(_MESSAGES, [customer.id])
    erased["cards"] = await _count("cards", customer.id)
    if chat is not None:
        erased["chats"] = await _changed(_CHATS, [chat])
        erased["pictures"] = await _changed(_PICTURES, [chat])
        erased["updates"] = await _changed(_INBOX, [b"", chat, INLINE_LANES + chat])
    return erased


async def _changed(statement: str, values: Sequence[Any]) -> int:
    return len(await rows(f"{statement} RETURNING id", values))


async def _count(table: str, customer_id: int) -> int:
    found = await rows(f"SELECT count(*) AS n FROM {table} WHERE customer_id = $1", [customer_id])  # noqa: S608
    return int(found[0]["n"])
