"""The fields of a store card: where each stands, how it is told that it has changed."""

from collections.abc import Iterable
from typing import Any

from backend.passes.apple.barcodes import is_picture, is_square
from backend.passes.apple.words import Words
from backend.passes.face import News, PassFace, Shown, ShownLink
from catalog.bilingual import Bilingual
from catalog.looks.card_design import Place, Shows

Field = dict[str, Any]

MOST_HEADER, MOST_PRIMARY, MOST_BELOW = 3, 1, 4
_NEWS = Bilingual("Новости", "News")
_EARLIER = Bilingual("Раньше", "Earlier")
_OPENS = Bilingual("Открыть в боте", "Open in the bot")
_NEWS_KEY, _EARLIER_KEY = "news", "news_earlier"
# A phone makes telephone numbers of card numbers, and days of anything.
_NOTHING: list[str] = []


class _Room:
    """Where fields stand; `primary` and `below`: how many there may be."""

    def __init__(self, primary: int, below: int) -> None:
        self._primary, self._below = primary, below
        self.header: list[Field] = []
        self.primary: list[Field] = []
        self.secondary: list[Field] = []
        self.auxiliary: list[Field] = []
        self.back: list[Field] = []

    def of(self, place: Place) -> list[Field]:
        """Where the next one of this place goes: what has no room in front stands on the back."""
        if place is Place.HEADER and len(self.header) < MOST_HEADER:
            return self.header
        if place is Place.PRIMARY and len(self.primary) < self._primary:
            return self.primary
        if place is Place.BACK or len(self.secondary) + len(self.auxiliary) >= self._below:
            return self.back
        if place is Place.SECONDARY and len(self.secondary) < MOST_BELOW:
            return self.secondary
        return self.auxiliary if len(self.auxiliary) < MOST_BELOW else self.back


def fields_of(face: PassFace, words: Words) -> dict[str, list[Field]]:
    """Lists by their names in pass.json."""
    # A primary field would be written over the strip.
    primary = 0 if is_picture(face.barcode) else MOST_PRIMARY
    room = _Room(primary, MOST_BELOW if is_square(face.barcode) else 2 * MOST_BELOW)
    if face.news is not None:
        room.back.append(_news(face.news, words))
    for shown in face.front:
        if shown.value.en:
            room.of(shown.place).append(_field(shown, words))
    return {
        "headerFields": room.header,
        "primaryFields": room.primary,
        "secondaryFields": room.secondary,
        "auxiliaryFields": room.auxiliary,
        "backFields": room.back + _behind(face, words),
    }


def _field(shown: Shown, words: Words) -> Field:
    said: Field = {
        "key": shown.key,
        "label": words.of(shown.label),
        "value": words.of(shown.value),
    }
    if shown.change is not None:
        said["changeMessage"] = words.of(_change(shown.change))
    return said


def _change(said: Bilingual) -> Bilingual:
    return Bilingual(_with_value(said.ru), _with_value(said.en))


def _with_value(text: str) -> str:
    """Without the new value a phone says a text of its own."""
    text = text.replace("%@", "%").replace("{value}", "%@")
    return text if "%@" in text else f"{text} %@"


def _news(news: News, words: Words) -> Field:
    """What changes it lights up the phone with the text itself."""
    return {
        "key": _NEWS_KEY,
        "label": words.of(_NEWS),
        "value": words.alone(news.text),
        "changeMessage": "%@",
    }


def _behind(face: PassFace, words: Words) -> list[Field]:
    found = [_behind_field(each, words) for each in face.back if each.value.en]
    found += _links(face.links, words)
    if face.opens:
        found.append(_link("opens", words.of(_OPENS), face.opens))
    if face.news is not None and face.news.past:
        told = "\n\n".join(f"{at:%d.%m.%Y}\n{text}" for at, text in face.news.past)
        label = words.of(_EARLIER)
        found.append({"key": _EARLIER_KEY, "label": label, "value": words.alone(told)})
    return found


def _behind_field(shown: Shown, words: Words) -> Field:
    said = _field(shown, words)
    if shown.shows is not Shows.TEXT:
        said["dataDetectorTypes"] = _NOTHING
    return said


def _links(links: Iterable[ShownLink], words: Words) -> list[Field]:
    return [
        _link(f"link_{place}", words.of(link.label), link.url)
        for place, link in enumerate(links, 1)
    ]


def _link(key: str, label: str, url: str) -> Field:
    """What is shown is the address without its scheme; what is tapped leads there."""
    shown = url.removeprefix("https://").removeprefix("tel:").removeprefix("mailto:")
    # Addresses are of ASCII and were checked when they were entered: only these would break out.
    spelt = url.replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;")
    text = shown.replace("&", "&amp;").replace("<", "&lt;")
    return {
        "key": key, "label": label, "value": shown,
        "attributedValue": f"<a href='{spelt}'>{text}</a>",
    }  # fmt: skip
