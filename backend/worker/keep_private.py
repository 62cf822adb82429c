"""Runs backend/customers/my_data/retention.py on a schedule: what is kept no longer than needed."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from backend.access.answer_once import forget_answers
from backend.cards.pool.end_reservation import forget_reservations
from backend.changes.forget_changes import forget_changes
from backend.connections.forget_requests import forget_requests
from backend.customers.contacts.verify_tidy import forget_attempts
from backend.customers.my_data import retention
from backend.jobs.forget_jobs import forget_jobs
from backend.onec.forget_files import forget_files
from backend.platform.context import Context
from backend.platform.repeat import repeat
from backend.platform.settings import Settings
from backend.platform.watch.log import get_log
from backend.triggers.forget import forget_orders, forget_waits
from backend.webhooks.forget_deliveries import forget_deliveries

EVERY_SECONDS = 3600.0
PAUSE_SECONDS = 0.05
# The limits on codes count a day's attempts.
ATTEMPTS = timedelta(days=2)
CLOSED = timedelta(days=1)
FINDINGS = timedelta(days=7)
# Partners are told that the same request is answered the same for a day at least.
ANSWERS = timedelta(days=2)
# Files that never became jobs; jobs with what was wrong in their files, ended reservations.
STRANDED = timedelta(hours=1)
JOBS = timedelta(days=30)
# Files of an exchange are known again for so long.
FILES = timedelta(days=180)
# A person's turns that are over, and orders that nothing was told of since.
TURNS = timedelta(days=90)
log = get_log(__name__)


async def keep_private(ctx: Context, settings: Settings) -> None:
    """Runs until cancelled."""

    async def step() -> None:
        await forget_all(ctx, settings)
        await asyncio.sleep(EVERY_SECONDS)

    await repeat("retention", step)


async def forget_all(ctx: Context, settings: Settings) -> dict[str, int]:
    """Everything that is due now, in batches; returns how many rows by what they were."""
    done = {name: await _to_the_end(batch) for name, batch in due(ctx, settings).items()}
    if any(done.values()):
        log.info("kept no longer than needed", **done)
    return done


def due(ctx: Context, settings: Settings) -> dict[str, Callable[[], Awaitable[int]]]:
    now = ctx.clock()
    updates = now - timedelta(days=settings.keep_updates_days)
    abandoned = now - timedelta(days=settings.keep_abandoned_days)
    evidence = now - timedelta(days=settings.keep_evidence_days)
    sent = now - timedelta(days=settings.keep_deliveries_days)
    changes = now - timedelta(days=settings.keep_changes_days)
    return {
        "updates": lambda: retention.forget_updates(updates),
        "applications": lambda: retention.drop_abandoned(ctx, abandoned),
        "typed_numbers": lambda: retention.empty_closed(now - CLOSED),
        # Before those that go.
        "contacts_kept": lambda: retention.keep_contacts(abandoned),
        "contacts": lambda: retention.forget_contacts(ctx, abandoned),
        "attempts": lambda: forget_attempts(now - ATTEMPTS),
        "assignments": lambda: retention.forget_assignments(abandoned),
        "card_requests": lambda: forget_requests(abandoned),
        "findings": lambda: retention.forget_findings(now - FINDINGS),
        "tries": lambda: retention.forget_tries(now - CLOSED),
        "marks": lambda: retention.forget_marks(now - ATTEMPTS),
        "shown": lambda: retention.forget_shown(now - FINDINGS),
        "latecomers": lambda: retention.forget_latecomers(now - CLOSED),
        **_of_accounts(now),
        "changes": lambda: forget_changes(changes),
        "sent": lambda: forget_deliveries(sent),
        "evidence": lambda: retention.forget_evidence(ctx, evidence),
    }


def _of_accounts(now: datetime) -> dict[str, Callable[[], Awaitable[int]]]:
    """Of the dealings with accounts' own programs."""
    return {
        "answers": lambda: forget_answers(now - ANSWERS),
        "jobs": lambda: forget_jobs(now - JOBS, now - STRANDED),
        "reservations": lambda: forget_reservations(now - JOBS),
        "files": lambda: forget_files(now - FILES),
        "turns": lambda: forget_waits(now - TURNS),
        "orders": lambda: forget_orders(now - FILES),
    }


async def _to_the_end(batch: Callable[[], Awaitable[int]]) -> int:
    total = 0
    while touched := await batch():
        total += touched
        # Between batches the database belongs to others.
        await asyncio.sleep(PAUSE_SECONDS)
    return total
