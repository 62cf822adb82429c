"""What the other side reports of messages it had taken, written on their deliveries.

A report that comes twice, late or in another order changes nothing: what outweighs the rest stands
in the end (models.message.Reported). One about a message of nobody here is let go.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.analytics.count_reports import Learnt, count_reports
from backend.cascades.tell_states import tell_states
from backend.customers.contacts.lose_bounced import lose_bounced
from backend.messaging.reports import Report
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.dialect import moment
from backend.platform.watch.use_case_log import log_of
from models.message import Reported

BATCH = 100
# A message costs less: whatever says otherwise is mistaken.
MOST_KOPECKS = 1_000_000
_WEIGHT = list(Reported)
_ENDS = {Reported.UNDELIVERED, Reported.BOUNCED}
# As the indexes of deliveries have it.
_LISTED = {"wallet": "d.channel = 'wallet'"}
_OTHERS = "d.channel IN ('sms', 'email')"
# Of one id the newest delivery: gateways count anew after years, and under another name.
# of all: whoever the messages were for
_FOUND = """
SELECT d.id, d.message_id, d.channel, d.state, d.reason, d.step, d.provider_id, d.reported,
    d.cost_kopecks, d.counted, d.changed_at, m.customer_id, m.brand_id, m.campaign_id,
    m.trigger_id, m.purpose,
    p.account_id
FROM deliveries d JOIN messages m ON m.id = d.message_id
LEFT JOIN brands b ON b.id = m.brand_id LEFT JOIN programs p ON p.id = b.program_id
WHERE {listed} AND d.provider_id <> '' AND d.provider_id {these}
    AND d.channel = $2 AND d.state = 'delivered'
ORDER BY d.id {lock}
"""
# of all: the deliveries in hand
_WRITE = """
UPDATE deliveries SET reported = $2, reported_at = $3, cost_kopecks = $4, ask_at = NULL
WHERE id = $1
"""
# of all: the deliveries in hand
_TURN = "UPDATE deliveries SET next_at = $2 WHERE id = $1"
# of all: the messages in hand
_STOP = """
UPDATE deliveries SET state = 'stopped', reason = 'arrived', changed_at = $3
WHERE message_id = $1 AND id > $2 AND state = 'queued'
"""


@dataclass(frozen=True, slots=True)
class Word:
    """A report, and of a letter whether its mailbox is no more."""

    report: Report
    no_mailbox: bool = False


async def take_reports(ctx: Context, channel: str, words: Sequence[Word]) -> int:
    """How many were about messages of ours and new."""
    new = 0
    for at in range(0, len(words), BATCH):
        new += await _take(ctx, channel, words[at : at + BATCH])
    if new:
        ctx.wake.set()
        log_of(ctx, __name__).info("messages were reported on", channel=channel, messages=new)
    return new


async def _take(ctx: Context, channel: str, words: Sequence[Word]) -> int:
    now = ctx.clock()
    these = "= ANY($1::text[])" if is_postgres() else "IN (SELECT value FROM json_each($1))"
    lock = "FOR UPDATE OF d" if is_postgres() else ""
    listed = _LISTED.get(channel, _OTHERS)
    async with transaction():
        asked = [sorted({word.report.provider_id for word in words}), channel]
        found = await rows(_FOUND.format(these=these, lock=lock, listed=listed), asked)
        stands = {row["provider_id"]: dict(row) for row in found}
        learnt = [
            each
            for word in words
            if (row := stands.get(word.report.provider_id)) is not None
            and (each := await _put(ctx, now, row, word)) is not None
        ]
        await count_reports(learnt)
        changed = {each.delivery_id for each in learnt if each.before is not each.after}
        await tell_states(now, [row for row in stands.values() if row["id"] in changed])
    return len({each.delivery_id for each in learnt})


async def _put(ctx: Context, now: datetime, row: dict[str, Any], word: Word) -> Learnt | None:
    """None where nothing is new. `row` says afterwards what stands."""
    before = None if row["reported"] is None else Reported(row["reported"])
    after = _heavier(before, word.report.reported)
    cost = _cost(row, word.report)
    more = cost - row["cost_kopecks"]
    if after is before and not more:
        return None
    await rows(_WRITE, [row["id"], after.value, now, cost])
    if after is not before:
        await _follow(now, row, after)
        if word.no_mailbox:
            await lose_bounced(ctx, row["customer_id"], row["id"], _handed_over(row))
    row["reported"], row["cost_kopecks"] = after.value, cost
    return Learnt(row["id"], before, after, more if row["counted"] else 0)


async def _follow(now: datetime, row: Mapping[str, Any], after: Reported) -> None:
    """Whether there is a next channel is seen when it has its turn."""
    goes_on = bool(row["campaign_id"] or row["trigger_id"]) and after in _ENDS
    await rows(_TURN, [row["id"], now if goes_on else None])
    if after is Reported.DELIVERED:
        await rows(_STOP, [row["message_id"], row["id"], now])


def _heavier(before: Reported | None, said: Reported) -> Reported:
    if before is None or _WEIGHT.index(said) > _WEIGHT.index(before):
        return said
    return before


def _cost(row: Mapping[str, Any], report: Report) -> int:
    told = report.kopecks
    return row["cost_kopecks"] if told is None or told > MOST_KOPECKS else told


def _handed_over(row: Mapping[str, Any]) -> datetime:
    at: datetime = moment(row["changed_at"])
    return at
