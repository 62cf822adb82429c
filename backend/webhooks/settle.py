"""Write down how a turn ended: of each message, and of the webhook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.events.brands import WebhookPaused
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import among, listed_texts, places, rows, transaction
from backend.platform.watch.log import get_log
from backend.webhooks.due import Due
from backend.webhooks.message import TEST
from backend.webhooks.pauses import LASTS, pause
from backend.webhooks.request import Outcome
from backend.webhooks.subscribe import note_webhook
from models.audit_entry import Verb
from models.webhook import Webhook, WebhookStatus

# Turns without a success after which one says that the other side is back.
OUTAGE = 3
# of all: of one webhook
_LOG = """
INSERT INTO webhook_attempts (delivery_id, at, url, took_ms, status, answer, error) VALUES {rows}
"""
# of all: the messages that were tried
_ENDED = """
UPDATE webhook_deliveries SET state = $1, ended_at = $2, attempts = attempts + 1,
    first_tried_at = COALESCE(first_tried_at, $2)
WHERE id {among} AND state = 'waiting'
"""
# of all: the messages that were tried
_LATER = """
UPDATE webhook_deliveries SET available_at = $1, attempts = $2, first_tried_at = $3
WHERE id = $4 AND state = 'waiting'
"""
# of all: of one webhook. They are not looked at each time: none may go before the one that waits.
_HOLD_BACK = """
UPDATE webhook_deliveries SET available_at = $1
WHERE webhook_id = $2 AND order_key = $3 AND order_key <> '' AND state = 'waiting'
    AND available_at < $1
"""
# of all: of one webhook. What stood behind what has ended goes now, unless it was tried itself.
_NEXT = """
UPDATE webhook_deliveries SET available_at = $1
WHERE available_at > $1 AND attempts = 0 AND state = 'waiting' AND id IN (
    SELECT (SELECT min(b.id) FROM webhook_deliveries b WHERE b.webhook_id = $2
        AND b.order_key = listed.value AND b.state = 'waiting')
    FROM {listed})
"""
# of all: of one webhook
_NOW = """
UPDATE webhook_deliveries SET available_at = $1
WHERE webhook_id = $2 AND state = 'waiting' AND available_at > $1
"""
_STOPPED = {
    WebhookStatus.PAUSED.value: Verb.PAUSE_WEBHOOK,
    WebhookStatus.ENDED.value: Verb.END_WEBHOOK,
}
log = get_log(__name__)


@dataclass(frozen=True, slots=True)
class Tried:
    due: Due
    outcome: Outcome


async def settle(ctx: Context, webhook_id: int, tried: Sequence[Tried]) -> None:
    now = ctx.clock()
    async with transaction():
        # of all: one webhook
        webhook = await Webhook.filter(id=webhook_id).select_for_update().get()
        before = webhook.status
        good = [each.due.id for each in tried if each.outcome.good]
        await _log(webhook, tried, now)
        if good:
            await rows(_ENDED.format(among=among(3)), ["delivered", now, good])
        _judge(webhook, tried, now)
        ended = [t.due for t in tried if t.outcome.good or not await _waits_on(webhook, t, now)]
        await _let_next_go(webhook, ended, now)
        if good:
            await _is_well(webhook, now)
        if webhook.status == WebhookStatus.PAUSED and webhook.status != before:
            await announce(now, WebhookPaused(webhook.id, webhook.account_id, webhook.reason))
        await webhook.save()
        if webhook.status in _STOPPED and webhook.status != before:
            await note_webhook(ctx, _STOPPED[webhook.status], webhook)
    if webhook.status != before:
        log.warning("a webhook stands still", webhook=webhook.public_id, reason=webhook.reason)
        ctx.wake.set()


async def _log(webhook: Webhook, tried: Sequence[Tried], now: datetime) -> None:
    made = [
        [each.due.id, now, webhook.url, o.took_ms, o.status, o.answer, o.error]
        for each in tried
        for o in [each.outcome]
    ]
    marks = places(len(made), 7)
    await rows(_LOG.format(rows=marks), [value for row in made for value in row])


def _judge(webhook: Webhook, tried: Sequence[Tried], now: datetime) -> None:
    """Of a webhook that none of these messages reached; tests say nothing of it."""
    real = [each for each in tried if each.due.kind != TEST]
    if any(each.outcome.good for each in tried) or not real:
        return
    webhook.failures += 1
    webhook.failing_since = webhook.failing_since or now
    webhook.rests_until = now + pause(webhook.failures, real[0].outcome.after)
    if webhook.status != WebhookStatus.ACTIVE:
        return
    last = real[0].outcome
    said = f"answers {last.status}" if last.status is not None else last.error
    if any(each.outcome.gone for each in real):
        webhook.status, webhook.reason = WebhookStatus.ENDED.value, "answered 410, gone"
    elif now - webhook.failing_since >= LASTS:
        webhook.status = WebhookStatus.PAUSED.value
        webhook.reason = f"failed for three days: {said}"


async def _waits_on(webhook: Webhook, tried: Tried, now: datetime) -> bool:
    """Of one that has failed. Given up after three days only where others arrive: what fails with
    all the others waits for the webhook to be resumed."""
    each, first = tried.due, tried.due.first_tried_at or now
    alone = webhook.failing_since is None or now - webhook.failing_since < LASTS
    if each.kind == TEST or (alone and now - first >= LASTS):
        await rows(_ENDED.format(among=among(3)), ["failed", now, [each.id]])
        return False
    due = now + pause(each.attempts + 1, tried.outcome.after)
    await rows(_LATER, [due, each.attempts + 1, first, each.id])
    await rows(_HOLD_BACK, [due, webhook.id, each.order_key])
    return True


async def _let_next_go(webhook: Webhook, ended: Sequence[Due], now: datetime) -> None:
    keys = sorted({each.order_key for each in ended} - {""})
    if keys:
        await rows(_NEXT.format(listed=listed_texts(3)), [now, webhook.id, keys])


async def _is_well(webhook: Webhook, now: datetime) -> None:
    """After an outage what has waited goes at once."""
    if webhook.failures >= OUTAGE:
        await rows(_NOW, [now, webhook.id])
    webhook.failures, webhook.failing_since, webhook.rests_until = 0, None, None
