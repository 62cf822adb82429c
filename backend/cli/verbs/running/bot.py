"""karman bot: the bot alone."""

import argparse
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.settings import Settings


def add(verbs: Verbs) -> None:
    verb(verbs, "bot", "run the bot alone (one works, others stand by)", run)


def run(_arguments: argparse.Namespace) -> int:
    from backend.cli.opened import start
    from backend.messaging.telegram import lean_aiogram  # noqa: F401  before aiogram itself

    return run_async(bot(start()))


async def bot(settings: "Settings") -> None:
    from backend.cli.opened import check_redis, opened, require_token
    from backend.cli.stopping import until_stopped
    from backend.messaging.telegram.pacer import make_pacer
    from backend.reactions import reactions
    from backend.worker.run import run_relay
    from bot.run import run_bot

    require_token(settings)
    await check_redis(settings)
    pacer = make_pacer(settings)
    async with opened(settings) as ctx:
        await until_stopped(
            {
                "bot": run_bot(settings, ctx, pacer),
                "relay": run_relay(settings, ctx, reactions({})),
            }
        )
    await pacer.aclose()
