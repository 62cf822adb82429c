"""karman up: everything in one process."""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.settings import Settings
    from bot.sandbox.server import Sandbox


def add(verbs: Verbs) -> None:
    verb(verbs, "up", "run everything in one process (migrates first)", run)


def run(_arguments: argparse.Namespace) -> int:
    from backend.cli.lean_memory import few_arenas
    from backend.cli.opened import start
    from backend.messaging.telegram import lean_aiogram  # noqa: F401  before aiogram itself

    few_arenas()
    return run_async(up(start()))


async def up(settings: "Settings") -> None:
    """Until a signal asks to stop."""
    from backend.cli.opened import check_redis, opened
    from backend.cli.together import run_together
    from backend.cli.verbs.brands.demo import load_demo_once
    from backend.web.run import listening

    await check_redis(settings)
    async with (
        opened(settings, migrated=True) as ctx,
        listening(settings, ctx) as web,
        with_telegram(settings) as (reachable, sandbox),
    ):
        await load_demo_once(ctx)
        if sandbox is None:
            await run_together(reachable, ctx, web)
            return
        from backend.cli.demo_partner import with_partner

        async with with_partner(ctx, reachable, web, sandbox) as told:
            await run_together(told, ctx, sandbox.url)


@asynccontextmanager
async def with_telegram(
    settings: "Settings",
) -> AsyncIterator[tuple["Settings", "Sandbox | None"]]:
    """With a token: the settings as they are. Without: a sandbox is started, and it is given with
    the settings that lead to it."""
    if not settings.sandboxed:
        yield settings, None
        return
    from pydantic import SecretStr

    from backend.platform.settings import listen_address
    from bot.sandbox.server import DEV_TOKEN, Sandbox

    sandbox = Sandbox(settings.data_dir / "sandbox")
    await sandbox.start(*listen_address(settings.sandbox_listen))
    try:
        there = {
            "bot_token": SecretStr(DEV_TOKEN),
            "bot_api_url": sandbox.url,
            "webhook_url": "",
            "sandbox_url": sandbox.url,
        }
        yield settings.model_copy(update=there), sandbox
    finally:
        await sandbox.stop()
