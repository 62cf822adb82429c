"""Whom a campaign or a schedule looks for is found by an index: nobody else is walked past."""

from backend.campaigns.audience import _PROMO, _REACHED
from backend.cards.pocket.reminders import announce_news
from backend.consents.gate import overtaken_documents
from backend.platform.database import is_postgres
from tests.support.database.plans import plan

NOW = "2026-11-28T09:00:00+00:00"


async def test_the_index_is_used(database: str) -> None:
    overtaken = overtaken_documents("$3")
    promo = _PROMO.format(
        channel="telegram", reached=_REACHED["telegram"], overtaken=overtaken, meant="TRUE"
    )
    assert "customers_hear" in await plan(announce_news._WAITING, [4, 200])
    found = await plan(f"{promo} ORDER BY 1 LIMIT 2000", [4, 0, NOW])
    assert "consent_states_asked" in found
    assert ("granted = true" if is_postgres() else "granted=?") in found
