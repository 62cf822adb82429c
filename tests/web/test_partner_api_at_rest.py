"""An installation without partners pays nothing for their API, and one first request makes it."""

import asyncio
import subprocess
import sys

import aiohttp

from tests.support.source import ROOT

ASKED = """
import sys
import backend.web.app
heavy = [name for name in sys.modules if name.startswith(("backend.web.api", "catalog.entries"))]
print(heavy)
"""


def test_what_brands_may_enter_stays_out_of_memory_until_somebody_asks() -> None:
    out = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert out == "[]\n"


async def test_of_many_first_requests_each_is_answered(site: aiohttp.ClientSession) -> None:
    async def ask() -> int:
        async with site.get("/api/v1/account") as answer:
            return answer.status

    assert set(await asyncio.gather(*(ask() for _ in range(10)))) == {401}
