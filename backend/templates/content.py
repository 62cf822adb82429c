"""A template's content as it is kept: in the template, and frozen in the plan of a campaign.

What may be entered is checked in catalog/entries; what is read here was checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Wording:
    """In one language. Texts are plain; `{name}` is a variable, two braces stand for one."""

    text: str
    button: str = ""

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Wording":
        return cls(str(kept["text"]), str(kept.get("button", "")))


@dataclass(frozen=True, slots=True)
class Content:
    """`wordings` by language, one at least."""

    wordings: Mapping[str, Wording]

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Content":
        found = {name: kept[name] for name in ("ru", "en") if kept.get(name)}
        return cls({language: Wording.read(each) for language, each in found.items()})

    def wording(self, language: str) -> Wording:
        """Of another language, where there is none in this one."""
        return self.wordings.get(language) or next(iter(self.wordings.values()))
