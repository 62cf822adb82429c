"""karman worker: reactions and schedules alone."""

import argparse
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.settings import Settings


def add(verbs: Verbs) -> None:
    verb(verbs, "worker", "run reactions and schedules alone", run)


def run(_arguments: argparse.Namespace) -> int:
    from backend.cli.opened import start
    from backend.messaging.telegram import lean_aiogram  # noqa: F401  before aiogram itself

    return run_async(worker(start()))


async def worker(settings: "Settings") -> None:
    from backend.cli.opened import check_redis, opened, require_token
    from backend.cli.stopping import until_stopped
    from backend.messaging.registry import open_channels
    from backend.messaging.telegram.pacer import make_pacer
    from backend.reactions import reactions
    from backend.wallets.put_news import PuttingNews
    from backend.worker.run import run_worker

    require_token(settings)
    await check_redis(settings)
    pacer = make_pacer(settings)
    async with (
        opened(settings) as ctx,
        open_channels(settings, pacer, vault=ctx.vault, put_news=PuttingNews(ctx)) as channels,
    ):
        await until_stopped({"worker": run_worker(settings, ctx, reactions(channels))})
    await pacer.aclose()
