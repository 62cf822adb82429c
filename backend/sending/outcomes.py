"""How messages ended, written down many at a time.

What is not written down yet when a process dies stands there as leaving: whoever sends next takes
it for what it is, in doubt.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from backend.messaging.reach import door_of
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.watch.metrics import DELIVERIES
from backend.platform.watch.use_case_log import log_of
from backend.sending.counts import ADDED, add_counts
from backend.sending.waiting import Waiting
from models.message import DeliveryState

# Written down when so many have ended, or after so long.
MOST, SECONDS = 50, 0.1
_PAUSE = 1.0
REASON_LENGTH = 200


@dataclass(slots=True)
class Outcome:
    """`left`: it was begun; otherwise it ended while it waited. `due_at`, of one that is queued
    again: when; `digest_at`: with the person's message of that day. `gone`: the person has left the
    channel for good. `values`: what was said to this person alone and may be kept."""

    waiting: Waiting
    channel: str
    state: DeliveryState
    reason: str = ""
    left: bool = True
    due_at: datetime | None = None
    digest_at: datetime | None = None
    provider_id: str = ""
    cost_kopecks: int = 0
    gone: bool = False
    values: dict[str, str] | None = None
    # Why it is not taken as paid for.
    unpaid: str = ""
    # Called once it is written down.
    written: Callable[[], None] | None = None

    def row(self) -> list[Any]:
        return [
            self.waiting.id, self.waiting.attempts + self.left,
            "sending" if self.left else "queued", self.state.value, self.reason[:REASON_LENGTH],
            self.provider_id[:128], self.cost_kopecks, _at(self.due_at), _at(self.digest_at),
            self.waiting.campaign_id, self.waiting.variant, self.channel,
        ]  # fmt: skip


def _at(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(" ")


_COLUMNS = (
    "id bigint", "attempts int", "was text", "state text", "reason text", "provider_id text",
    "cost int", "due_at text", "digest_at text", "campaign bigint", "variant int", "channel text",
)  # fmt: skip
_NAMES = [column.partition(" ")[0] for column in _COLUMNS]
# of all: the deliveries in hand
_ENDED = """
UPDATE deliveries SET state = e.state, reason = e.reason, provider_id = e.provider_id,
    cost_kopecks = e.cost, due_at = {due_at}, changed_at = $2,
    digest_at = CASE WHEN e.state = 'queued' THEN {digest_at} ELSE deliveries.digest_at END
FROM {ended}
WHERE deliveries.id = e.id AND deliveries.state = e.was AND deliveries.attempts = e.attempts
RETURNING deliveries.id
"""
# The counts of their campaigns in the same statement: one is enough at a slow pace too.
# of all: the deliveries in hand
_UPDATE = _ENDED.format(
    due_at="CAST(e.due_at AS TIMESTAMPTZ)", digest_at="CAST(e.digest_at AS TIMESTAMPTZ)", ended="e"
)
# of all: the deliveries in hand
_ON_POSTGRES = f"""
WITH e AS (SELECT * FROM json_to_recordset(CAST($1 AS JSON)) AS e({", ".join(_COLUMNS)})),
done AS ({_UPDATE}), counted AS (
    INSERT INTO campaign_counts (campaign_id, variant, channel, state, n, kopecks)
    SELECT e.campaign, e.variant, e.channel, e.state, COUNT(*), SUM(e.cost)
    FROM e JOIN done ON done.id = e.id WHERE e.campaign IS NOT NULL AND e.state <> 'queued'
    GROUP BY e.campaign, e.variant, e.channel, e.state ORDER BY 1, 2, 3, 4
    {ADDED})
SELECT id FROM done
"""  # noqa: S608
# of all: the deliveries in hand
_FROM_JSON = ", ".join(f"json_extract(value, '$.{name}') AS {name}" for name in _NAMES)
_ON_SQLITE = _ENDED.format(
    due_at="e.due_at",
    digest_at="e.digest_at",
    ended=f"(SELECT {_FROM_JSON} FROM json_each($1)) AS e",  # noqa: S608
)
# of all: the messages in hand
_SAID = """
UPDATE messages SET data = {data} FROM {said} WHERE messages.id = e.id
"""
# of all: whoever has left the channel in hand for good
_GONE = """
UPDATE identities SET blocked_at = $1 WHERE door = $2 AND blocked_at IS NULL AND customer_id {who}
"""


async def write_outcomes(now: datetime, ended: Sequence[Outcome]) -> None:
    """In one transaction, with the counts of their campaigns."""
    records = [dict(zip(_NAMES, each.row(), strict=True)) for each in ended]
    values = [orjson.dumps(records).decode(), now]
    if is_postgres() and not any(each.values or each.gone for each in ended):
        ours = _those(ended, await rows(_ON_POSTGRES, values))
    else:
        async with transaction():
            found = await rows(_ON_POSTGRES if is_postgres() else _ON_SQLITE, values)
            ours = _those(ended, found)
            if not is_postgres():
                await add_counts(ours)
            await _write_values(ours)
            await _write_gone(now, ours)
    for each in ours:
        if each.state is not DeliveryState.QUEUED:
            DELIVERIES.labels(each.channel, each.state.value).inc()


def _those(ended: Sequence[Outcome], written: Sequence[dict[str, Any]]) -> list[Outcome]:
    """Whose row was as we had left it."""
    ids = {row["id"] for row in written}
    return [each for each in ended if each.waiting.id in ids]


async def _write_values(ended: Sequence[Outcome]) -> None:
    said = [{"id": each.waiting.message_id, "data": each.values} for each in ended if each.values]
    if not said:
        return
    if is_postgres():
        statement = _SAID.format(
            data="e.data", said="json_to_recordset(CAST($1 AS JSON)) AS e(id bigint, data jsonb)"
        )
    else:
        columns = "json_extract(value, '$.id') AS id, json_extract(value, '$.data') AS data"
        statement = _SAID.format(data="e.data", said=f"(SELECT {columns} FROM json_each($1)) AS e")  # noqa: S608
    await rows(statement, [orjson.dumps(said).decode()])


async def _write_gone(now: datetime, ended: Sequence[Outcome]) -> None:
    by_channel: dict[str, list[int]] = {}
    for each in ended:
        if each.gone and door_of(each.channel):
            by_channel.setdefault(each.channel, []).append(each.waiting.customer_id)
    for channel, who in by_channel.items():
        marks = ", ".join(str(int(person)) for person in who)
        await rows(_GONE.format(who=f"IN ({marks})"), [now, door_of(channel)])


class Outcomes:
    """Of one process. They are written down in the background, and none is lost while the database
    is away."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._ended: list[Outcome] = []
        self._came = asyncio.Event()
        self._lock = asyncio.Lock()

    def add(self, outcome: Outcome) -> None:
        self._ended.append(outcome)
        if len(self._ended) >= MOST:
            self._came.set()

    @property
    def unwritten(self) -> int:
        return len(self._ended)

    async def keep(self) -> None:
        """Runs until cancelled."""
        while True:
            try:
                async with asyncio.timeout(SECONDS):
                    await self._came.wait()
            except TimeoutError:
                pass
            try:
                await self.write()
            except Exception:
                log = log_of(self._ctx, __name__)
                log.exception("outcomes wait to be written")
                await asyncio.sleep(_PAUSE)

    async def write(self) -> None:
        """All there are now. They stay when that fails."""
        async with self._lock:
            self._came.clear()
            ended = self._ended[:]
            for batch in [ended[at : at + 500] for at in range(0, len(ended), 500)]:
                await write_outcomes(self._ctx.clock(), batch)
                del self._ended[: len(batch)]
                for each in batch:
                    if each.written is not None:
                        each.written()
