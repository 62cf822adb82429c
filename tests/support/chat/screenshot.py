"""`python -m tests.support.chat.screenshot FILE`: the README's picture, from the running product.

Starts `karman up` on free ports and in a temporary folder, walks to a first card in a real
Chromium and takes the picture. Emoji need a font such as Debian's fonts-noto-color-emoji.
"""

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

from tests.support.chat.browsing import Phone, chromium_at, first_card
from tests.support.machine.servers import free_port

WINDOW = {"viewport": {"width": 1280, "height": 960}, "device_scale_factor": 1}


async def take(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "KARMAN_DATA_DIR": folder,
            "KARMAN_LISTEN": f"127.0.0.1:{free_port()}",
            "KARMAN_SANDBOX_LISTEN": f"127.0.0.1:{free_port()}",
        }
        karman = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "backend.cli.main", "up"),
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with chromium_at(f"{await _address(karman)}/?lang=ru", **WINDOW) as anna:
                await first_card(anna)
                await _settled(anna)
                await anna.page.screenshot(path=file)
        finally:
            karman.terminate()
            await karman.wait()


async def _address(karman: asyncio.subprocess.Process) -> str:
    assert karman.stdout is not None
    async for line in karman.stdout:
        found = re.search(rb"https?://\S+", line)
        if found:
            return found[0].decode()
    raise SystemExit("karman up ended before it was up")


async def _settled(anna: Phone) -> None:
    """Toasts are gone."""
    await anna.page.wait_for_timeout(4000)


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1])))
