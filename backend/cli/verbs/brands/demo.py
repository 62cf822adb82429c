"""karman demo: load the invented brands that come with Karman, and make a key of one of them."""

import argparse
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.context import Context


def add(verbs: Verbs) -> None:
    verb(verbs, "demo", "load the invented brands, and make an API key of one of them", run)


def run(_arguments: argparse.Namespace) -> int:
    return run_async(demo())


async def demo() -> None:
    """Run again, the key of the time before is good no more."""
    from backend.access.whose import account_called
    from backend.brands.load_pack import load_pack
    from backend.cli.demo_partner import (
        ACCOUNT,
        BRAND,
        COMMAND_LINE,
        COMMAND_LINE_DAYS,
        PROGRAM,
        new_key,
    )
    from backend.cli.opened import DEMO_PACK, opened, start
    from backend.cli.verbs.brands.brands import told

    settings = start()
    async with opened(settings, migrated=True) as ctx:
        print(told(await load_pack(ctx, DEMO_PACK)))
        account = await account_called(ACCOUNT)
        assert account is not None
        made = await new_key(ctx, account, COMMAND_LINE, COMMAND_LINE_DAYS)
    print(f"an API key of {ACCOUNT} for {COMMAND_LINE_DAYS} days; docs/partners.md says what for:")
    whose = f"PROGRAM={PROGRAM} BRAND={BRAND}"
    print(f"export KARMAN={settings.base_url} KEY={made.text} {whose}")


async def load_demo_once(ctx: "Context") -> None:
    """At the first start: an empty catalog gets the demo brands, if they are at hand."""
    from backend.cli.opened import DEMO_PACK
    from catalog.scope import brands_in_catalog

    if DEMO_PACK.is_dir() and not await brands_in_catalog().exists():
        # What reads packs stays in memory: every later start does without it.
        from backend.brands.load_pack import load_pack

        await load_pack(ctx, DEMO_PACK)
