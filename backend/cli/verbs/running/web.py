"""karman web: the HTTP side alone."""

import argparse
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.settings import Settings


def add(verbs: Verbs) -> None:
    verb(verbs, "web", "run the HTTP side alone", run)


def run(_arguments: argparse.Namespace) -> int:
    from backend.cli.opened import start

    return run_async(web(start()))


async def web(settings: "Settings") -> None:
    from backend.cli.opened import check_redis, opened
    from backend.cli.stopping import until_stopped
    from backend.web.run import listening

    await check_redis(settings)
    async with opened(settings) as ctx, listening(settings, ctx) as address:
        print(f"Karman's web side listens: {address}", flush=True)
        await until_stopped({})
