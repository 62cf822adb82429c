"""Pictures, which Google fetches itself from an address that everybody can read."""

from typing import Any

from backend.passes.google.words import localized
from catalog.bilingual import Bilingual


class NoLogo(ValueError):
    """Google shows no card without one, and fetches it over https."""


def image(url: str, description: Bilingual) -> dict[str, Any]:
    return {"sourceUri": {"uri": url}, "contentDescription": localized(description)}


def is_fetched(url: str) -> bool:
    return url.startswith("https://")
