"""Do the updates that Telegram offers go on where the inbox ends? If not, the database is an
older one than the bot worked with: a restored backup.

Telegram numbers updates one after the other and never repeats what was acknowledged. A hole is
no proof: taps and inline queries of an outage expire within minutes, so it must be wider than
what usual traffic would have brought. A tap on a message that the bot sent at a time when this
database knows of no life is one. After a week without updates Telegram may number anew, anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.platform.context import Context
from backend.restored.last_sent import last_sent
from backend.restored.notice import notice
from bot.intake.update import Raw
from models.restoration import NoticedBy, Restoration
from models.telegram_update import TelegramUpdate

# Webhook calls run side by side: up to 100 overtake one another.
FAR = 100
NUMBERED_ANEW = timedelta(days=6)
# No hole of a restored backup is wider; new numbers are nearly always.
WIDEST = 10_000_000
# Clocks may have been wrong, and a worker sends without an update.
MARGIN = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest update that is stored, how many came per second before it, and when this
    database last showed any life."""

    update_id: int
    received_at: datetime
    per_second: float
    alive_at: datetime


class LostTime:
    """Of one bot in one process. Looks at the numbers once; at taps, while `watching`."""

    def __init__(self, ctx: Context, bot_id: int) -> None:
        self._ctx = ctx
        self._bot_id = bot_id
        self._started = ctx.clock()
        self._newest: Newest | None = None
        # Until the numbers were looked at; longer while taps may tell of a time that was lost.
        self.watching = True
        self._first = True
        self._hole: int | None = None

    async def remember(self) -> None:
        """Before old updates are deleted: what the inbox ends with."""
        self._newest = await self._ask()
        self.watching = True

    async def look(self, updates: Sequence[Raw]) -> None:
        """Before the updates are stored: notices a database that went back in time."""
        if self._first:
            self._newest = await self._ask() or self._newest
            if self._newest is None or await self._told(self._newest):
                self._newest = None
            else:
                await self._count(self._newest, min(update["update_id"] for update in updates))
            self._first = False
        if self._newest is not None and any(self._of_lost_time(each) for each in updates):
            await self._notice()
        self.watching = self._newest is not None

    async def _count(self, newest: Newest, first: int) -> None:
        hole = first - newest.update_id - 1
        passed = self._ctx.clock() - newest.received_at
        if passed > NUMBERED_ANEW and not 0 < hole <= WIDEST:
            return
        self._hole = max(hole, 0)
        if hole > max(FAR, newest.per_second * passed.total_seconds()):
            await self._notice()

    async def _notice(self) -> None:
        """An update makes one card of a program at most: the hole bounds what was lost."""
        await notice(self._ctx, NoticedBy.UPDATES, self._hole)
        self._newest = None

    def _of_lost_time(self, update: Raw) -> bool:
        query = update.get("callback_query")
        message = query.get("message") if isinstance(query, dict) else None
        if not isinstance(message, dict) or self._newest is None:
            return False
        sent = max(_seconds(message.get("date")), _seconds(message.get("edit_date")))
        begin, end = self._newest.alive_at + MARGIN, self._started
        return begin.timestamp() < sent < end.timestamp()

    async def _told(self, newest: Newest) -> bool:
        """Noticed before, or settled by an operator who knew it before the bot did."""
        last = await Restoration.all().order_by("-id").first()
        return last is not None and (last.settled_at or self._started) >= newest.alive_at

    async def _ask(self) -> Newest | None:
        mine = TelegramUpdate.filter(bot_id=self._bot_id)
        last, first = (
            await mine.order_by("-update_id").first(),
            await mine.order_by("update_id").first(),
        )
        if last is None or first is None:
            return None
        seconds = (last.received_at - first.received_at).total_seconds()
        rate = (last.update_id - first.update_id) / seconds if seconds > 0 else 0.0
        alive = max(last.received_at, await last_sent() or last.received_at)
        return Newest(last.update_id, last.received_at, rate, alive)


def _seconds(value: Any) -> int:
    return value if isinstance(value, int) else 0
