"""Tries a connection to Bitrix for real: whether its REST answers, and may read what it is for."""

from collections.abc import AsyncIterator

from backend.partners.bitrix.hooks import open_rest
from backend.partners.bitrix.settings import Secrets, Settings
from backend.partners.bitrix.wire.errors import AccessRefused, Away, BitrixError, NotFound
from backend.partners.finding import Finding
from backend.partners.way import Way

# Of which there is none: what is asked is whether one may ask.
_NO = 2_000_000_000


async def check(settings: Settings, secrets: Secrets, way: Way) -> AsyncIterator[Finding]:
    rest = open_rest(settings, secrets, way)
    asked = {
        "orders of the shop": (rest.order, settings.orders != "deals"),
        "deals": (rest.deal, settings.orders != "shop"),
        "contacts": (rest.contact, settings.orders != "shop"),
    }
    for what, (ask, wanted) in asked.items():
        if not wanted:
            continue
        try:
            await ask(_NO)
        except NotFound:
            yield Finding(True, f"{what} can be read")
        except AccessRefused as refused:
            told = f"{what} cannot be read ({refused.status})"
            yield Finding(False, told, "you: url and rest; the rights of the incoming webhook")
        except Away as away:
            said = f"answered {away.status}" if away.status else "did not answer"
            yield Finding(False, f"Bitrix {said}", "you, if url is wrong; else Bitrix's support")
            return
        except BitrixError as wrong:
            yield Finding(False, f"{what}: refused ({wrong.status})", "you")
        else:
            yield Finding(True, f"{what} can be read")
