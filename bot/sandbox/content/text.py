"""Texts and captions: parsing, trimming, what Telegram finds in them by itself, and limits."""

import re
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_FINDERS = (
    ("url", re.compile(
        r"(?:https?://|tg://)[^\s<>\"]+[^\s<>\".,!?;:)»]"
        r"|(?<![@\w./-])(?:[\w-]+\.)+(?:ru|com|org|net|me|io|dev|example|рф)\b(?:/[^\s<>\"]*)?",
        re.IGNORECASE,
    )),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(
        r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"
    )),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{4,32}\b")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d\s()-]{8,17}\d(?!\w)")),
)  # fmt: skip


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, which is how Telegram counts offsets."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text as it will be shown."""

    text: str
    entities: tuple[Json, ...] = ()

    @property
    def length(self) -> int:
        return utf16_length(self.text)

    def as_text(self) -> Json:
        """The fields of a Message for it."""
        return {"text": self.text} | self._listed("entities")

    def as_caption(self) -> Json:
        return {"caption": self.text} | self._listed("caption_entities") if self.text else {}

    def _listed(self, name: str) -> Json:
        return {name: list(self.entities)} if self.entities else {}


def find_entities(text: str, known: tuple[Json, ...] = ()) -> tuple[Json, ...]:
    """`known` plus the links, commands, mentions, addresses and phones found in the text."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in known if e["type"] in _OPAQUE]
    found: list[Json] = []
    for kind, pattern in _FINDERS:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(match.group())
            if all(end <= first or start >= last for first, last in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    everything = [*known, *found]
    return tuple(sorted(everything, key=lambda entity: (entity["offset"], -entity["length"])))


_OPAQUE = {"code", "pre", "text_link", "text_mention", "url", "email", "mention", "bot_command"}


def trim(text: str, entities: list[Json]) -> Formatted:
    """Telegram cuts white space from both ends; entities follow."""
    left = utf16_length(text) - utf16_length(text.lstrip())
    clean = text.strip()
    size = utf16_length(clean)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - left)
        end = min(size, entity["offset"] + entity["length"] - left)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    if size > TEXT_LIMIT:
        return Formatted(clean)  # will be refused, whatever is in it
    return Formatted(clean, find_entities(clean, tuple(kept)))
