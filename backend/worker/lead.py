"""Work that one process at a time does."""

from collections.abc import Awaitable, Callable

from backend.platform.settings import Settings
from backend.platform.sole import LostTurn, alone
from backend.platform.watch.log import get_log

log = get_log(__name__)


async def lead(name: str, settings: Settings, work: Callable[[], Awaitable[None]]) -> None:
    """Runs until cancelled; waits in standby while another process does it."""
    while True:
        try:
            async with alone(name, settings):
                await work()
        except LostTurn:
            log.warning("the turn was lost: asking for it again", what=name)
