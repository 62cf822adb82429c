"""One process that sends to a country: `url`, where Telegram is, the pace, for how many seconds.

It waits for a campaign as the worker does, and tells as JSON when the first message left after
the tap, how many did, and its own memory, after a fifth of the time and at the end."""

from backend.messaging.telegram import lean_aiogram  # isort: skip

import asyncio
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import orjson
import uvloop
from pydantic import SecretStr

from backend.campaigns.send_campaigns import CampaignsOnTheirWay
from backend.messaging.registry import open_channels
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.clock import utc_now
from backend.platform.database import connect, disconnect, rows
from backend.platform.settings import Settings
from models.campaign import Campaign
from tests.bench.parts.bot_api import TOKEN
from tests.bench.parts.queue import new_context
from tests.support.machine.waiting import until

# As the worker does, and before aiogram itself.
assert lean_aiogram.__doc__
# The loop is idle by then, and looks once a second.
SETTLED = 2.0
FIFTH = 0.2
# of all: the campaign in hand
_FIRST = """
SELECT 1 FROM messages m JOIN deliveries d ON d.message_id = m.id
WHERE m.campaign_id = $1 AND d.state IN ('sending', 'delivered') LIMIT 1
"""


async def main(url: str, where: str, pace: float, seconds: float, campaign_id: int) -> None:
    await connect(url)
    ctx = replace(new_context(), clock=utc_now)
    settings = Settings(bot_api_url=where, bot_token=SecretStr(TOKEN))

    async def began() -> bool:
        return bool(await rows(_FIRST, [campaign_id]))

    async with open_channels(settings, memory_pacer(pace)) as channels:
        keeps = asyncio.create_task(CampaignsOnTheirWay(ctx, channels).keep())
        await asyncio.sleep(SETTLED)
        now = utc_now()
        await Campaign.filter(id=campaign_id).update(state="collecting", started_at=now)
        tapped = time.monotonic()
        await until(began, "a first message")
        first = time.monotonic() - tapped
        await asyncio.sleep(seconds * FIFTH)
        early = _resident()
        await asyncio.sleep(seconds * (1 - FIFTH))
        keeps.cancel()
        with suppress(asyncio.CancelledError):
            await keeps
    campaign = await Campaign.get(id=campaign_id)
    told = {
        "first": first, "early": early, "late": _resident(), "most": _resident("VmHWM"),
        "written": campaign.recipients,
    }  # fmt: skip
    await disconnect()
    sys.stdout.write(orjson.dumps(told).decode() + "\n")


def _resident(which: str = "VmRSS") -> float:
    """Megabytes, as the system counts them."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in told.splitlines() if line.startswith(f"{which}:"))
    return int(line.split()[1]) * 1024 / 1e6


if __name__ == "__main__":
    _, where_database, where_telegram, *numbers = sys.argv
    uvloop.run(
        main(where_database, where_telegram, float(numbers[0]), float(numbers[1]), int(numbers[2]))
    )
