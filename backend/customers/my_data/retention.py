"""What is kept no longer than it is needed. Each function does one bounded batch and returns
how many rows it touched; the worker's schedule calls them again until nothing is left."""

from datetime import datetime
from typing import NamedTuple

from backend.customers.my_data.erase import DELETED
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import note
from models.audit_entry import Verb

BATCH = 500
# of all: whether anybody was. In an order, so that the index is read and not the people.
_DELETED_SINCE = "SELECT id FROM customers WHERE deleted_at > $1 ORDER BY deleted_at LIMIT 1"


class Noted(NamedTuple):
    """How a batch that takes something from people stands in the audit trail."""

    ctx: Context
    verb: Verb
    subject: str


async def forget_updates(before: datetime) -> int:
    """Raw updates of any bot that were handled, or set aside, before `before`."""
    return await _batch(
        "DELETE FROM telegram_updates WHERE id IN (SELECT id FROM telegram_updates"
        " WHERE handled_at < $1 ORDER BY handled_at LIMIT $2) RETURNING id",
        [before, BATCH],
    )


async def drop_abandoned(ctx: Context, before: datetime) -> int:
    """Applications that nobody went on with: what was typed goes, that there was one stays."""
    return await _batch(
        # of all: old rows go, whosever
        "UPDATE applications SET status = 'dropped', answers = NULL, typed_numbers = '{}',"
        " choices = '{}', updated_at = $1 WHERE id IN (SELECT id FROM applications"
        " WHERE status = 'open' AND updated_at < $2 ORDER BY updated_at LIMIT $3) RETURNING id",
        [ctx.clock(), before, BATCH],
        Noted(ctx, Verb.DROP_APPLICATIONS, "application"),
    )


async def empty_closed(before: datetime) -> int:
    """A number typed for a card stands on the card; the application needs it no more."""
    return await _batch(
        # of all: old rows go, whosever
        "UPDATE applications SET typed_numbers = '{}' WHERE id IN (SELECT id FROM applications"
        " WHERE status <> 'open' AND typed_numbers <> '{}' AND updated_at < $1"
        " ORDER BY updated_at LIMIT $2) RETURNING id",
        [before, BATCH],
    )


async def keep_contacts(before: datetime) -> int:
    """Whose owner has a card is looked at no more: cards are never taken away but with all else."""
    return await _batch(
        # of all: whosever, they are told apart once
        "UPDATE contacts SET kept = TRUE WHERE id IN (SELECT c.id FROM contacts c"
        " WHERE NOT c.kept AND c.created_at < $1"
        " AND EXISTS (SELECT 1 FROM cards WHERE cards.customer_id = c.customer_id)"
        " ORDER BY c.created_at LIMIT $2) RETURNING id",
        [before, BATCH],
    )


async def forget_contacts(ctx: Context, before: datetime) -> int:
    """Contacts of people who never had a card and are not on the way to one."""
    return await _batch(
        # of all: old rows go, whosever
        "DELETE FROM contacts WHERE id IN (SELECT c.id FROM contacts c"
        " WHERE NOT c.kept AND c.created_at < $1"
        " AND (c.verified_at IS NULL OR c.verified_at < $1)"
        " AND NOT EXISTS (SELECT 1 FROM cards WHERE cards.customer_id = c.customer_id)"
        " AND NOT EXISTS (SELECT 1 FROM applications a"
        " WHERE a.customer_id = c.customer_id AND a.status = 'open')"
        " ORDER BY c.created_at LIMIT $2) RETURNING id",
        [before, BATCH],
        Noted(ctx, Verb.FORGET_CONTACTS, "contact"),
    )


async def forget_evidence(ctx: Context, before: datetime) -> int:
    """Keyed hashes of people deleted so long ago that no claim can follow."""
    return await _batch(
        "DELETE FROM evidence WHERE id IN (SELECT id FROM evidence"
        " WHERE created_at < $1 ORDER BY created_at LIMIT $2) RETURNING id",
        [before, BATCH],
        Noted(ctx, Verb.FORGET_EVIDENCE, "evidence"),
    )


async def forget_assignments(before: datetime) -> int:
    """Assigned cards for which nobody came, and with them whom the brand had meant."""
    return await _batch(
        # of all: old rows go, whosever
        "DELETE FROM assignments WHERE id IN (SELECT id FROM assignments"
        " WHERE state IN ('expired', 'withdrawn') AND ended_at < $1"
        " ORDER BY ended_at LIMIT $2) RETURNING id",
        [before, BATCH],
    )


async def forget_findings(before: datetime) -> int:
    """Cards that were shown or typed and never added."""
    return await _batch(
        # of all: whatever nobody came back for
        "DELETE FROM card_findings WHERE id IN (SELECT id FROM card_findings"
        " WHERE created_at < $1 ORDER BY created_at LIMIT $2) RETURNING id",
        [before, BATCH],
    )


async def forget_tries(before: datetime) -> int:
    """Numbers that were asked about: they count for an hour."""
    return await _batch(
        "DELETE FROM number_tries WHERE id IN (SELECT id FROM number_tries"
        " WHERE tried_at < $1 ORDER BY tried_at LIMIT $2) RETURNING id",
        [before, BATCH],
    )


async def forget_marks(before: datetime) -> int:
    """What deleted people had used up of limits, none of which looks back that far."""
    return await _batch(
        "DELETE FROM limit_marks WHERE id IN (SELECT id FROM limit_marks"
        " WHERE at < $1 ORDER BY at LIMIT $2) RETURNING id",
        [before, BATCH],
    )


async def forget_shown(before: datetime) -> int:
    """Of cards of people deleted before: where they were shown and could not be taken away in
    all that time (the chat or the bot is gone), and the shares themselves."""
    messages = await _batch(
        # of all: old rows go, whosever
        "DELETE FROM shared_messages WHERE id IN (SELECT m.id FROM shared_messages m"
        " JOIN customers c ON c.id = m.customer_id WHERE c.deleted_at < $1 LIMIT $2) RETURNING id",
        [before, BATCH],
    )
    shares = await _batch(
        # of all: old rows go, whosever
        "DELETE FROM card_shares WHERE id IN (SELECT s.id FROM card_shares s"
        " JOIN customers c ON c.id = s.customer_id WHERE c.deleted_at < $1 AND NOT EXISTS"
        " (SELECT 1 FROM shared_messages m WHERE m.share_id = s.id) LIMIT $2) RETURNING id",
        [before, BATCH],
    )
    return messages + shares


async def forget_latecomers(since: datetime) -> int:
    """What a tap wrote that was under way while the person's data was deleted (the operator's
    verb runs beside the bot): deletions since then are gone through again."""
    if not await rows(_DELETED_SINCE, [since]):
        return 0
    gone = 0
    for table in DELETED:
        gone += await _batch(
            f"DELETE FROM {table} WHERE id IN (SELECT t.id FROM {table} t"  # noqa: S608  names
            " JOIN customers c ON c.id = t.customer_id WHERE c.deleted_at > $1 LIMIT $2)"
            " RETURNING id",
            [since, BATCH],
        )
    return gone


async def _batch(statement: str, values: list[datetime | int], noted: Noted | None = None) -> int:
    async with transaction():
        touched = len(await rows(statement, values))
        if noted is not None and touched:
            await note(noted.ctx, noted.verb, noted.subject, amount=touched)
        return touched
