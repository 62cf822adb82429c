"""karman demo: load the invented brands that come with Karman."""

import argparse
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.context import Context


def add(verbs: Verbs) -> None:
    verb(verbs, "demo", "load the invented brands that come with Karman", run)


def run(_arguments: argparse.Namespace) -> int:
    return run_async(demo())


async def demo() -> None:
    from backend.brands.load_pack import load_pack
    from backend.cli.opened import DEMO_PACK, opened, start
    from backend.cli.verbs.brands import told

    async with opened(start(), migrated=True) as ctx:
        print(told(await load_pack(ctx, DEMO_PACK)))


async def load_demo_once(ctx: "Context") -> None:
    """At the first start: an empty catalog gets the demo brands, if they are at hand."""
    from backend.cli.opened import DEMO_PACK
    from catalog.scope import brands_in_catalog

    if DEMO_PACK.is_dir() and not await brands_in_catalog().exists():
        # What reads packs stays in memory: every later start does without it.
        from backend.brands.load_pack import load_pack

        await load_pack(ctx, DEMO_PACK)
