"""A text that a brand wrote, taken apart.

`{name}` is a variable, `{points|балл|балла|баллов}` the form of a word that goes with a number
(`{points|point|points}` in English), two braces stand for one, and an address in the internet is
a link. Everything else is the text itself.
"""

import re
from dataclasses import dataclass

from catalog.wordings.plurals import FORMS

LONGEST_NAME = 64
_TOKEN = re.compile(r"\{\{|\}\}|\{[^{}]*\}|\{")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
_URL = re.compile(r"https?://[^\s<>\"{}\\^`|]+", re.IGNORECASE)
# What ends a sentence rather than the address in it.
_AFTER_URL = ".,;:!?…'*_~»”’"
_OPENED = {")": "(", "]": "["}


class TextRefused(ValueError):
    """The text cannot be read: what is wrong, and what was expected."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(f"{what}; expected {expected}")
        self.what = what
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Variable:
    name: str


@dataclass(frozen=True, slots=True)
class Plural:
    """Of a word alone: the number itself stands where it is written."""

    name: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Url:
    address: str


Part = str | Variable | Plural | Url


def parts_of(text: str, language: str) -> tuple[Part, ...]:
    """Raises TextRefused."""
    found: list[Part] = []
    words: list[str] = []
    at = 0
    for token in _TOKEN.finditer(text):
        words.append(text[at : token.start()])
        at = token.end()
        if token[0] in {"{{", "}}"}:
            words.append(token[0][0])
            continue
        found += _linked("".join(words))
        words = []
        found.append(_variable(token[0], language))
    words.append(text[at:])
    return (*found, *_linked("".join(words)))


def names_of(parts: tuple[Part, ...]) -> frozenset[str]:
    """Of the variables."""
    return frozenset(each.name for each in parts if isinstance(each, Variable | Plural))


def urls_of(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """In their order, each once."""
    return tuple(dict.fromkeys(each.address for each in parts if isinstance(each, Url)))


def _variable(token: str, language: str) -> Variable | Plural:
    name, *forms = token.strip("{}").split("|")
    if _NAME.fullmatch(name) is None:
        raise TextRefused(
            f"has {token[:40]!r}, which cannot be read",
            "a variable such as {name}, and {{ where a brace is meant",
        )
    if not forms:
        return Variable(name)
    if len(forms) != FORMS[language] or not all(each.strip() for each in forms):
        expected = "{points|балл|балла|баллов}" if language == "ru" else "{points|point|points}"
        what = f"has {token[:40]!r}, which cannot be read"
        raise TextRefused(what, f"a plural such as {expected}")
    return Plural(name, tuple(forms))


def _linked(words: str) -> list[str | Url]:
    found: list[str | Url] = []
    at = 0
    for match in _URL.finditer(words):
        address = _without_the_end(match[0])
        found += [words[at : match.start()], Url(address)]
        at = match.start() + len(address)
    return [each for each in (*found, words[at:]) if each]


def _without_the_end(address: str) -> str:
    while address[-1] in _AFTER_URL or _closes_nothing(address):
        address = address[:-1]
    return address


def _closes_nothing(address: str) -> bool:
    last = address[-1]
    return last in _OPENED and address.count(last) > address.count(_OPENED[last])
