"""The inbox: updates kept sealed, each once, until they are handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from backend.platform.context import Context, Wake
from backend.platform.database import among, is_postgres, places, rows
from backend.platform.together import Together
from bot.intake.lost_time import LostTime
from bot.intake.places import Places
from bot.intake.update import Raw, decode, encode, lane_of
from models.telegram_update import TelegramUpdate

# Telegram repeats an update for a day at most. After a week without any it may choose its
# ids anew, at random: rows must be gone by then, or a new update could look like an old one.
KEEP_HANDLED = timedelta(days=2)
KEEP_SET_ASIDE = timedelta(days=6)

# One statement needs no transaction around it.
_STORE = """
INSERT INTO telegram_updates (bot_id, update_id, lane, payload, received_at, attempts, error)
VALUES {rows} ON CONFLICT DO NOTHING
"""
_WIDTH = 7
# Who stands by takes nothing; whoever takes finds by asking what is not named.
_MOST_NAMED = 10_000
_HEADS = """
SELECT lane FROM telegram_updates WHERE bot_id = $1 AND handled_at IS NULL
GROUP BY lane ORDER BY MIN(update_id) LIMIT $2
"""
# The attempt is counted before it is made: an update that kills the process counts too.
_TAKE = """
UPDATE telegram_updates SET attempts = attempts + 1 WHERE bot_id = $1 AND update_id IN (
    SELECT (SELECT update_id FROM telegram_updates
        WHERE bot_id = $1 AND lane = asked.lane AND handled_at IS NULL
        ORDER BY update_id LIMIT 1)
    FROM {asked}
) RETURNING id, update_id, lane, payload, attempts, EXISTS (
    SELECT 1 FROM telegram_updates later
    WHERE later.bot_id = telegram_updates.bot_id AND later.lane = telegram_updates.lane
    AND later.handled_at IS NULL AND later.update_id > telegram_updates.update_id
) AS more
"""
_TAKE_ON_POSTGRES = _TAKE.format(asked="unnest($2::bigint[]) AS asked(lane)")
_TAKE_ON_SQLITE = _TAKE.format(asked="(SELECT value AS lane FROM json_each($2)) AS asked")
_DONE = "UPDATE telegram_updates SET handled_at = $1, payload = $2, lane = 0 WHERE id {among}"
_OLD = """
DELETE FROM telegram_updates WHERE id IN (
    SELECT id FROM telegram_updates
    WHERE bot_id = $1 AND handled_at < $2 AND (error = '' OR handled_at < $3)
    ORDER BY handled_at LIMIT $4
) RETURNING id
"""
FORGOTTEN_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """The next update of a lane. `attempts` counts this one; `more`: another waits behind it."""

    id: int
    update_id: int
    lane: int
    sealed: bytes
    attempts: int
    more: bool = False


class Inbox:
    """The inbox of one bot. `arrived` is set when something was stored by this process, and
    `fresh` names the lanes, in the order in which they came, until whoever takes clears it."""

    def __init__(self, ctx: Context, bot_id: int) -> None:
        self._ctx = ctx
        self._bot_id = bot_id
        self.arrived = Wake()
        self.fresh: dict[int, None] = {}
        self._ends = Together(self._end)
        self.lost_time = LostTime(ctx, bot_id)
        self._places = Places(ctx)

    async def store(self, updates: Sequence[Raw]) -> None:
        """Committed on return. An update that is here already is left as it is. Where people are is
        stored of none."""
        if self.lost_time.watching:
            await self.lost_time.look(updates)
        updates = [await self._places.take_out(update) for update in updates]
        values = [value for update in updates for value in self._row(update)]
        await rows(_STORE.format(rows=places(len(updates), _WIDTH)), values)
        if len(self.fresh) > _MOST_NAMED:
            self.fresh.clear()
        self.fresh |= dict.fromkeys(lane_of(update) for update in updates)
        self.arrived.set()

    def _row(self, update: Raw) -> list[Any]:
        payload = self._ctx.vault.seal_service("inbox", encode(update))
        return [
            self._bot_id,
            update["update_id"],
            lane_of(update),
            payload,
            self._ctx.clock(),
            0,
            "",
        ]

    async def lanes(self, limit: int) -> list[int]:
        """Lanes where something waits, the one that waits longest first."""
        return [row["lane"] for row in await rows(_HEADS, [self._bot_id, limit])]

    async def take(self, lanes: Sequence[int]) -> list[Taken]:
        """The oldest waiting update of each lane where one waits, the oldest of all first."""
        statement = _TAKE_ON_POSTGRES if is_postgres() else _TAKE_ON_SQLITE
        found = [
            Taken(
                row["id"], row["update_id"], row["lane"], bytes(row["payload"]), row["attempts"],
                bool(row["more"]),
            )
            for row in await rows(statement, [self._bot_id, list(lanes)])
        ]  # fmt: skip
        return sorted(found, key=lambda taken: taken.update_id)

    def open(self, taken: Taken) -> Raw:
        """Raises Malformed, or CannotOpen when the vault is not the one that sealed it."""
        update = decode(self._ctx.vault.open_service("inbox", taken.sealed))
        return self._places.give_back(update)

    async def done(self, taken: Taken) -> None:
        """What was written, and by whom, is not kept a moment longer. The row stays for a while,
        so that a repeated update is known."""
        await self._ends.ask([taken])

    async def _end(self, handled: Sequence[Taken]) -> Sequence[None]:
        for taken in handled:
            self._places.forget(taken.update_id)
        ids = [taken.id for taken in handled]
        await rows(_DONE.format(among=among(3)), [self._ctx.clock(), b"", ids])
        return [None] * len(handled)

    async def set_aside(self, taken: Taken, error: str) -> None:
        """Handled no more; the payload stays a few days for whoever looks into it."""
        self._places.forget(taken.update_id)
        await TelegramUpdate.filter(id=taken.id).update(
            handled_at=self._ctx.clock(), error=error[:200]
        )

    async def put_back(self, taken: Taken) -> None:
        """The attempt does not count: nothing was wrong with the update."""
        await TelegramUpdate.filter(id=taken.id).update(attempts=taken.attempts - 1)

    async def forget_old(self) -> bool:
        """Delete a batch of what Telegram can no longer repeat; whether there may be more."""
        now = self._ctx.clock()
        kept = [now - KEEP_HANDLED, now - KEEP_SET_ASIDE]
        gone = await rows(_OLD, [self._bot_id, *kept, FORGOTTEN_AT_ONCE])
        return len(gone) == FORGOTTEN_AT_ONCE
