"""What «Лавка» enters."""

from typing import Any
from zoneinfo import ZoneInfo

from catalog.entries.offer import OfferEntry
from catalog.entries.values.around import Around

AROUND = Around(ZoneInfo("Europe/Moscow"))
WHICH = ("lavka", "welcome")


def offer(status: str, benefit: str = "Пряник", **other: Any) -> OfferEntry:
    given = {
        "benefit": {"ru": benefit, "en": "A gingerbread"},
        "terms": {"ru": "Один раз", "en": "Once"},
        "pictures": [],
        "cities": ["kazan", "moscow"],
        "ends": "2026-12-31",
        "status": status,
    }
    return OfferEntry.model_validate(given | other, context=AROUND)
