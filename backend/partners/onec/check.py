"""Nothing is asked of 1С: it asks, and reads and writes a folder. Says where that is."""

from collections.abc import AsyncIterator

from backend.partners.finding import Finding
from backend.partners.onec.settings import Secrets, Settings
from backend.partners.way import Way


async def check(settings: Settings, _secrets: Secrets, _way: Way) -> AsyncIterator[Finding]:
    for program, folder in settings.folders.items():
        what = f"{program}: files are exchanged in exchange/…/{folder} of the data folder"
        yield Finding(True, what)
