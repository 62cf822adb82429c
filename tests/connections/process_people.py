"""`python -m tests.connections.process_people`, settings from KARMAN_* variables and PEOPLE: for
every line of its input a process is forked in which people get cards and their brand's system is
told; its pid is told, and when it has gone, "gone" is."""

import asyncio
import os
from pathlib import Path

from backend.connections.lanes import Lanes
from backend.partners.opened import Connections
from backend.partners.registry import ConnectedProcessors
from backend.partners.vendors import vendor
from backend.platform.clock import utc_now
from backend.platform.context import CLOCK, Context
from backend.platform.database import connect
from backend.platform.door import WORKER
from backend.platform.secrets.key_file import load_or_make_key_file
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.platform.settings import load_settings
from backend.platform.watch.log import configure_log
from backend.reactions import reactions
from models.offer import Offer
from tests.connections.people import People
from tests.killed.process_product import main
from tests.support.contexts import context
from tests.support.outbox import run_due

AT_ONCE = 6
PAUSE = 0.05


async def playing() -> None:
    settings = load_settings()
    configure_log("ERROR")
    await connect(settings.database)
    key, _ = load_or_make_key_file(settings.data_dir)
    vault = await open_vault(MasterKeys(key), utc_now())
    connections = Connections(vault, utc_now, settings.hosts_inside)
    processors = ConnectedProcessors(connections, utc_now)
    ctx = context(vault)
    object.__setattr__(ctx, "processors", processors)
    telling = asyncio.create_task(told(ctx, connections))
    await played(ctx, settings.data_dir)
    await telling


async def played(ctx: Context, folder: Path) -> None:
    """Who has done everything is not played again after a kill; where it came in the middle, the
    rest is."""
    offers = await Offer.all().order_by("id").select_related("brand__program")
    people = People(ctx, offers)
    ready = folder / "played.txt"
    done = {int(line) for line in ready.read_text().split()} if ready.exists() else set()
    left = iter(n for n in range(int(os.environ["PEOPLE"])) if n not in done)

    async def live() -> None:
        for number in left:
            await people.live(number)
            with ready.open("a") as file:
                file.write(f"{number}\n")
            with (folder / "slowest.txt").open("a") as file:
                file.write(f"{people.slowest:.3f}\n")

    await asyncio.gather(*(live() for _ in range(AT_ONCE)))


async def told(ctx: Context, connections: Connections) -> None:
    """Until it is killed."""
    worker = ctx.acting(CLOCK, WORKER)
    lanes = Lanes(worker, connections)
    book = reactions({})
    while True:
        await run_due(worker, book)
        await lanes.step()
        await asyncio.sleep(PAUSE)


if __name__ == "__main__":
    assert vendor("mindbox").open is not None
    main(playing)
