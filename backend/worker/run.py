"""The worker: relay, queue and schedules until cancelled."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from backend.outbox.claim import LEASE
from backend.platform.context import CLOCK, Context
from backend.platform.door import WORKER
from backend.platform.settings import Settings
from backend.reactions import Book
from backend.worker.apple import keep_apple_told
from backend.worker.begin import keep_beginning
from backend.worker.campaigns import CAMPAIGNS_LOCK, keep_sending
from backend.worker.cards import keep_announcing
from backend.worker.cascades import keep_cascades
from backend.worker.connections import keep_partners_told
from backend.worker.crew import Crew
from backend.worker.exchange import keep_exchanging
from backend.worker.facts import keep_facts
from backend.worker.google import keep_google_told
from backend.worker.jobs import keep_working
from backend.worker.keep_private import keep_private
from backend.worker.lead import lead
from backend.worker.messages import keep_messages
from backend.worker.queue import open_queue
from backend.worker.registries import keep_registries
from backend.worker.relay import relay
from backend.worker.schedules import keep_count, keep_fed, keep_pools, keep_sealed, keep_tidy
from backend.worker.triggers import keep_firing
from backend.worker.wallets import keep_passes_settled
from backend.worker.webhooks import keep_telling


async def run_worker(
    settings: Settings, ctx: Context, book: Book, *, lease: timedelta = LEASE
) -> None:
    """Relays, runs reactions and keeps the schedules until cancelled."""
    ctx = ctx.acting(CLOCK, WORKER)
    crew = Crew(ctx, book)
    async with open_queue(settings.redis_url, crew.take, lease) as queue:
        working = asyncio.create_task(queue.work())
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_watched(working))
                group.create_task(relay(ctx, book, queue, lease))
                group.create_task(keep_count())
                group.create_task(keep_pools(ctx))
                group.create_task(keep_facts())
                for name, keep in _led(settings, ctx, book).items():
                    group.create_task(lead(name, settings, keep))
        finally:
            working.cancel()
            await crew.stop()
            await asyncio.wait([working])


def _led(settings: Settings, ctx: Context, book: Book) -> dict[str, Callable[[], Awaitable[None]]]:
    """What one process at a time does, by the name of its turn."""
    led: dict[str, Callable[[], Awaitable[None]]] = {
        "webhooks": partial(keep_telling, ctx, settings),
        "jobs": partial(keep_working, ctx),
        "triggers": partial(keep_firing, ctx),
        "schedules": partial(_keep_schedules, ctx, settings),
    }
    if settings.has_apple_wallet:
        led["apple"] = partial(keep_apple_told, ctx, settings)
    if settings.has_google_wallet:
        led["google"] = partial(keep_google_told, ctx, settings)
    if ctx.processors is not None:
        led["connections"] = partial(keep_partners_told, ctx)
    if book.post is not None:
        led[CAMPAIGNS_LOCK] = partial(keep_sending, ctx, settings, book.post)
        led["messages"] = partial(keep_messages, ctx, book.post)
        led["cascades"] = partial(keep_cascades, ctx, settings, book.post.channels)
    return led


async def _keep_schedules(ctx: Context, settings: Settings) -> None:
    """What one process does for all: several would find the same."""
    async with asyncio.TaskGroup() as group:
        group.create_task(keep_announcing(ctx))
        group.create_task(keep_beginning(ctx))
        group.create_task(keep_sealed())
        group.create_task(keep_fed())
        group.create_task(keep_tidy(ctx, timedelta(days=settings.keep_days)))
        group.create_task(keep_private(ctx, settings))
        group.create_task(keep_exchanging(ctx, settings))
        group.create_task(keep_registries(ctx))
        group.create_task(keep_passes_settled(ctx))


async def _watched(working: asyncio.Task[None]) -> None:
    """Ends with the worker's own failure, but does not cancel it: it drains first."""
    await asyncio.shield(working)


async def run_relay(settings: Settings, ctx: Context, book: Book) -> None:
    """For processes beside a worker: what they announce is passed on at once. Runs until
    cancelled, also with the queue in memory: then a worker polls the database itself, and there
    is nothing to do here."""
    if settings.redis_url.startswith("memory://"):
        await asyncio.Event().wait()
    ctx = ctx.acting(CLOCK, WORKER)
    async with open_queue(settings.redis_url, Crew(ctx, book).take) as queue:
        await relay(ctx, book, queue)
