"""What is there in Russian and in English, in one person's language."""

from typing import Literal

Part = Literal["name", "legal_name", "address", "benefit", "terms"]


def spoken(thing: object, what: Part, language: str) -> str:
    """`name_ru` or `name_en` of a row that has both. Whoever speaks neither reads English."""
    return str(getattr(thing, f"{what}_{'ru' if language == 'ru' else 'en'}"))
