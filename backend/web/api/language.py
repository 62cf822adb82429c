"""The language of whoever asks, and the words of the API."""

from functools import cache
from pathlib import Path

from aiohttp import web

from backend.platform.words import LANGUAGES, Words

_HERE = Path(__file__).parent
_MOST_READ = 20


def language_of(request: web.Request) -> str:
    """By Accept-Language and its weights; English when it names none that there is."""
    if "Accept-Language" not in request.headers:
        return "en"
    accepted, wanted = ",".join(request.headers.getall("Accept-Language")), []
    for part in accepted.split(",")[:_MOST_READ]:
        tag, _, weight = part.strip().partition(";")
        # Some write it as their system does: ru_RU.
        short = tag.strip().replace("_", "-").split("-")[0].lower()
        heavy = _weight(weight)
        if short in LANGUAGES and heavy > 0:
            wanted.append((-heavy, short))
    return min(wanted, key=lambda each: each[0])[1] if wanted else "en"


def _weight(text: str) -> float:
    """1 where none can be read; nothing (0) is for what is not wanted."""
    try:
        return float(text.strip().lower().removeprefix("q="))
    except ValueError:
        return 1.0


@cache
def words() -> Words:
    return Words(_HERE / "locales")
