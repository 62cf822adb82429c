"""The language of whoever asks, and the words of the API."""

from functools import cache
from pathlib import Path

from aiohttp import web

from backend.platform.words import LANGUAGES, Words

_HERE = Path(__file__).parent
_MOST_READ = 20


def language_of(request: web.Request) -> str:
    """By Accept-Language and its weights; English when it names none that there is."""
    accepted, wanted = request.headers.get("Accept-Language"), []
    if not accepted:
        return "en"
    for part in accepted.split(",")[:_MOST_READ]:
        tag, _, weight = part.strip().partition(";")
        short = tag.strip().split("-")[0].lower()
        if short in LANGUAGES:
            wanted.append((-_weight(weight), short))
    return min(wanted, key=lambda each: each[0])[1] if wanted else "en"


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q="))
    except ValueError:
        return 1.0


@cache
def words() -> Words:
    return Words(_HERE / "locales")
