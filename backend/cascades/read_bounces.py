"""Letters that came back are looked for in their mailbox, and reported.

What was read is marked there after it is written down here: a killed process reads it again, and
finds that it knows it.
"""

import asyncio

from backend.cascades.report import Word, take_reports
from backend.messaging.email.bounce import Bounce, read_bounce
from backend.messaging.email.mailbox import Mailbox
from backend.messaging.reports import Report
from backend.platform.context import Context
from backend.platform.world.outside import ImapTarget
from models.channel import ChannelName
from models.message import Reported

MOST = 50


async def read_bounces(ctx: Context, target: ImapTarget) -> bool:
    """One batch; whether there may be more. Raises TryLater and NeedsSettings."""
    mailbox = Mailbox(target)
    try:
        await asyncio.to_thread(mailbox.__enter__)
        found = await asyncio.to_thread(_read, mailbox)
        words = [_word(bounce) for _, bounce in found if bounce is not None]
        await take_reports(ctx, ChannelName.EMAIL.value, words)
        await asyncio.to_thread(mailbox.mark_seen, [uid for uid, _ in found])
    finally:
        mailbox.shut()
    return len(found) == MOST


def _read(mailbox: Mailbox) -> list[tuple[str, Bounce | None]]:
    return [(uid, read_bounce(letter)) for uid, letter in mailbox.unseen(MOST)]


def _word(bounce: Bounce) -> Word:
    return Word(Report(bounce.message_id, Reported.BOUNCED), bounce.no_mailbox)
