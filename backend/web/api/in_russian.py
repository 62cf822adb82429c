"""Mistakes of the input in Russian: whole phrases with holes, as locales/mistakes.txt has them.

What catalog/entries/ says is English, for whoever writes a pack; a phrase that is not in the list
stays English (a test names those).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from backend.web.api.trouble import Wrong

_FILE = Path(__file__).parent / "locales" / "mistakes.txt"
_UNNAMED = {"the body": "тело", "the query": "запрос"}
_ITEM = "an item of "


@dataclass(frozen=True, slots=True)
class Phrase:
    """`parts` are what stands around the holes."""

    parts: tuple[str, ...]
    russian: str

    def said(self, text: str) -> str | None:
        """The phrase in Russian, None when the text is another one."""
        found = self._holes(text)
        if found is None:
            return None
        return self.russian.format(*(_in_hole(each) for each in found))

    def _holes(self, text: str) -> list[str] | None:
        first, *rest = self.parts
        if not text.startswith(first):
            return None
        at, holes = len(first), list[str]()
        for number, part in enumerate(rest, 1):
            last = number == len(rest)
            end = len(text) - len(part) if last else text.find(part, at + 1)
            if end <= at or not text.startswith(part, end):
                return None
            holes.append(text[at:end])
            at = end + len(part)
        return holes if at == len(text) else None


def in_russian(wrong: Wrong) -> Wrong:
    return replace(wrong, message=_message(wrong.message), expected=_expected(wrong.expected))


def _message(text: str) -> str:
    whole = next(_said("=", text), None)
    if whole is not None:
        return whole
    name, space, what = _parted(text)
    told = next(_said("+", what), None) if space else None
    return text if told is None else f"{name}: {told}"


def _parted(text: str) -> tuple[str, str, str]:
    """What is spoken of, and what is said of it."""
    for unnamed, russian in _UNNAMED.items():
        if text.startswith(f"{unnamed} "):
            return russian, " ", text.removeprefix(f"{unnamed} ")
    if text.startswith(_ITEM):
        name, space, what = text.removeprefix(_ITEM).partition(" ")
        return f"элемент {name}", space, what
    return text.partition(" ")


def _expected(text: str) -> str:
    return next(_said("?", text), text)


def _in_hole(text: str) -> str:
    return next(_said("~", text), text)


def _said(kind: str, text: str) -> Iterator[str]:
    """By the first phrase that fits: particular ones stand before general ones."""
    for phrase in phrases()[kind]:
        told = phrase.said(text)
        if told is not None:
            yield told


@cache
def phrases() -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = {kind: [] for kind in "=+?~"}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            english, russian = line[2:].split(" → ")
            found[line[0]].append(Phrase(tuple(english.split("{}")), russian))
    return found
