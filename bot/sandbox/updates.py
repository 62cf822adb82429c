"""The queue of updates and `getUpdates` with Telegram's offset rules."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import orjson

from bot.sandbox.content.text import Json
from bot.sandbox.errors import conflict
from bot.sandbox.store import Store, dump

KEPT_SECONDS = 24 * 3600
MAX_LIMIT = 100
MAX_TIMEOUT = 50
# Left out unless the bot asks for them by name.
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


class _Poll:
    """One waiting getUpdates call."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.ended_by: str | None = None


class Updates:
    """What the bot has not confirmed yet, oldest first; kept for a day."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock
        self._poll: _Poll | None = None
        self.polled = asyncio.Event()  # set while a getUpdates call is served
        self.on_new: Callable[[], None] = lambda: None

    def add(self, kind: str, payload: Json) -> None:
        """Queue an update, unless the bot said it does not want that kind."""
        allowed = self.allowed
        if (kind not in allowed) if allowed else (kind in ON_REQUEST):
            return
        self._store.insert(
            "INSERT INTO updates (date, body) VALUES (?, ?)",
            int(self._clock()),
            dump({kind: payload}),
        )
        self.announce()

    def announce(self) -> None:
        """Wake whoever waits for updates. They read after the present transaction is over."""
        if self._poll:
            self._poll.wake.set()
        self.on_new()

    @property
    def allowed(self) -> list[str]:
        """The remembered `allowed_updates`; empty for the usual ones."""
        return list(self._store.get("allowed_updates", []))

    def allow(self, kinds: list[str] | None) -> None:
        """Remember the kinds for updates to come; None keeps what was said before."""
        if kinds is not None and kinds != self.allowed:
            self._store.put("allowed_updates", kinds)

    @property
    def pending(self) -> int:
        return self._store.number("SELECT count(*) FROM updates")

    def clear(self) -> None:
        self._store.run("DELETE FROM updates")

    def confirm(self, update_id: int) -> None:
        """Forget one delivered update."""
        self._store.run("DELETE FROM updates WHERE update_id = ?", update_id)

    def read(self, offset: int, limit: int) -> list[Json]:
        """Apply the offset (older updates are confirmed by it) and return what waits."""
        with self._store.write():
            self._store.run("DELETE FROM updates WHERE date < ?", int(self._clock()) - KEPT_SECONDS)
            if offset < 0:
                offset = self._store.number(
                    "SELECT min(update_id) FROM (SELECT update_id FROM updates"
                    " ORDER BY update_id DESC LIMIT ?)",
                    -offset,
                )
            if offset > 0:
                self._store.run("DELETE FROM updates WHERE update_id < ?", offset)
        found = self._store.rows("SELECT * FROM updates ORDER BY update_id LIMIT ?", limit)
        return [{"update_id": row["update_id"], **orjson.loads(row["body"])} for row in found]

    def end_poll(self, reason: str) -> None:
        """Terminate the waiting getUpdates with a 409 (an empty reason: with an empty answer)."""
        if self._poll:
            self._poll.ended_by = reason
            self._poll.wake.set()
            self._poll = None

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Long polling: at once when there is something, else within `seconds`."""
        self.end_poll(
            "terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        mine = self._poll = _Poll()
        self.polled.set()
        until = asyncio.get_running_loop().time() + min(max(seconds, 0), MAX_TIMEOUT)
        limit = min(max(limit, 1), MAX_LIMIT)
        try:
            while True:
                mine.wake.clear()
                found = self.read(offset, limit)
                if found or asyncio.get_running_loop().time() >= until:
                    return found
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(until):
                        await mine.wake.wait()
                if mine.ended_by is not None:
                    return _ended(mine.ended_by)
        finally:
            if self._poll is mine:
                self._poll = None
            if self._poll is None:
                self.polled.clear()


def _ended(by: str) -> list[Json]:
    """Nothing came: the server stops (""), or another request took the turn. Refuses with that."""
    if by:
        raise conflict(by)
    return []
