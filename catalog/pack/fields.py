"""One YAML mapping, read key by key.

A getter that meets a mistake reports it and gives back a harmless value, so that reading goes on
and every mistake is found at once; such a value never leaves `read_pack`, which refuses at the end.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import yaml

from catalog.bilingual import Bilingual
from catalog.pack.problems import Problems
from catalog.pack.shapes import Colours
from catalog.pack.suggest import one_of

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FIELD_KEY = re.compile(r"[a-z][a-z0-9_]*")
KEY_LENGTH = 24
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_NULL = "tag:yaml.org,2002:null"
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Place:
    """Where mistakes of one file go. `first_line` is the line of the file the YAML starts on."""

    file: str
    problems: Problems
    first_line: int = 1

    def line(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + self.first_line

    def wrong(self, node: yaml.Node, what: str, expected: str) -> None:
        self.problems.add(self.file, self.line(node), what, expected)


class Fields:
    """`name` is the dotted way to this mapping, for messages; "" at the top of a file."""

    def __init__(
        self, node: yaml.Node | None, place: Place, known: Iterable[str], name: str = ""
    ) -> None:
        self.place = place
        self.node = node
        self._name = name
        self._nodes: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        if isinstance(node, yaml.MappingNode):
            self._take(node, set(known))
        elif node is not None:
            place.wrong(node, f"{name or 'the file'} is {_kind(node)}", "keys with values")

    def _take(self, node: yaml.MappingNode, known: set[str]) -> None:
        for key_node, value in node.value:
            key = str(key_node.value)
            if key in self._lines:
                what = f"{self._path(key)} is given twice, first on line {self._lines[key]}"
                self.place.wrong(key_node, what, "each key once")
            elif key not in known:
                self.place.wrong(key_node, f"unknown key {self._path(key)!r}", one_of(known, key))
            else:
                self._nodes[key] = value
            self._lines.setdefault(key, self.place.line(key_node))

    def _path(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def has(self, key: str) -> bool:
        return self.get(key) is not None

    def get(self, key: str) -> yaml.Node | None:
        """The node of a key that is there and not empty."""
        node = self._nodes.get(key)
        return None if node is None or node.tag == _NULL else node

    def is_text(self, key: str) -> bool:
        return isinstance(self.get(key), yaml.ScalarNode)

    def wrong(self, key: str, what: str, expected: str) -> None:
        """Reports a mistake at this key, or at the mapping when the key is not there."""
        node = self._nodes.get(key) or self.node
        line = self.place.line(node) if node else None
        self.place.problems.add(self.place.file, line, f"{self._path(key)} {what}", expected)

    def missing(self, key: str, expected: str) -> None:
        self.wrong(key, "is missing", expected)

    def text(self, key: str, *, longest: int = 200, expected: str = "text") -> str:
        """A text that must be there, 1 to `longest` characters, trimmed."""
        if not self.has(key):
            self.missing(key, expected)
            return ""
        return self.optional_text(key, longest=longest)

    def optional_text(self, key: str, *, longest: int = 200) -> str:
        """A text, or "" when absent."""
        node = self.get(key)
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.wrong(key, f"is {_kind(node)}", "text")
            return ""
        text = str(node.value).strip()
        if not text:
            self.wrong(key, "is empty", "text")
        elif len(text) > longest:
            self.wrong(key, f"has {len(text)} characters", f"at most {longest}")
        elif any(ord(letter) < 32 and letter not in "\n\t" for letter in text):
            self.wrong(key, "has control characters", "printable text")
        return text

    def both(self, key: str, *, longest: int = 200) -> Bilingual:
        """A text in Russian and in English, both required."""
        node = self.get(key)
        if node is None:
            self.missing(key, "a text under ru and a text under en")
        elif not isinstance(node, yaml.MappingNode):
            self.wrong(key, f"is {_kind(node)}", "two texts: ru and en")
        else:
            inner = Fields(node, self.place, ("ru", "en"), self._path(key))
            ru = inner.text("ru", longest=longest, expected="the Russian text")
            return Bilingual(ru, inner.text("en", longest=longest, expected="the English text"))
        return Bilingual("", "")

    def optional_both(self, key: str, *, longest: int = 200) -> Bilingual | None:
        return self.both(key, longest=longest) if self.has(key) else None

    def word(self, key: str, words: type[_Word], default: _Word | None = None) -> _Word:
        """One of the words of an enumeration; required when there is no default."""
        first = next(iter(words))
        if not self.has(key):
            if default is None:
                self.missing(key, one_of(words, ""))
            return default or first
        got = self.optional_text(key)
        if got not in set(words):
            if got:
                self.wrong(key, f"is {got!r}", one_of(words, got))
            return first
        return words(got)

    def known(self, key: str, words: Iterable[str], expected: str) -> str:
        """A key of one of our lists: a city, a category, a program."""
        got = self.text(key, expected=expected)
        if got and got not in set(words):
            self.wrong(key, f"is {got!r}, which is unknown", one_of(words, got))
        return got

    def integer(
        self, key: str, *, smallest: int, largest: int, default: int | None = None
    ) -> int | None:
        """A whole number, or `default` when absent."""
        if not self.has(key):
            return default
        got = self.optional_text(key)
        if re.fullmatch(r"-?[0-9]{1,12}", got) and smallest <= int(got) <= largest:
            return int(got)
        self.wrong(key, f"is {got!r}", f"a whole number from {smallest} to {largest}")
        return default

    def flag(self, key: str, default: bool) -> bool:
        """`yes` or `no`, also `true` or `false`."""
        if not self.has(key):
            return default
        got = self.optional_text(key).lower()
        if got not in {"yes", "no", "true", "false"}:
            self.wrong(key, f"is {got!r}", "yes or no")
        return got in {"yes", "true"}

    def colours(self, key: str) -> Colours:
        if not self.has(key):
            self.missing(key, "primary and secondary colours, #RRGGBB each")
        inner = Fields(self.get(key), self.place, ("primary", "secondary"), self._path(key))
        if inner.node is None:
            return Colours("#000000", "#000000")
        return Colours(inner.colour("primary"), inner.colour("secondary"))

    def colour(self, key: str) -> str:
        got = self.text(key, expected="#RRGGBB, for example #1F6F50")
        if got and not _COLOUR.fullmatch(got):
            self.wrong(key, f"is {got!r}", "#RRGGBB, for example '#1F6F50' in quotes")
        return got.upper()

    def items(self, key: str) -> list[yaml.Node]:
        """The items of a list, [] when absent."""
        node = self.get(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(key, f"is {_kind(node)}", "a list")
            return []
        return list(node.value)

    def texts(
        self, key: str, *, longest: int = 80, check: Callable[[str], str] = lambda _: ""
    ) -> tuple[str, ...]:
        """A list of short texts without repeats; `check` gives what was expected, or ""."""
        seen: dict[str, int] = {}
        for node in self.items(key):
            if not isinstance(node, yaml.ScalarNode) or not 0 < len(node.value) <= longest:
                self.place.wrong(node, f"an item of {key} is wrong", f"1 to {longest} characters")
                continue
            got = str(node.value)
            expected = check(got)
            if got in seen:
                what = f"{got!r} stands twice in {key}, first on line {seen[got]}"
                self.place.wrong(node, what, "each once")
            elif expected:
                self.place.wrong(node, f"{got!r} in {key} is unknown", expected)
            seen.setdefault(got, self.place.line(node))
        return tuple(seen)


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a group of keys"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return f"the text {node.value!r}" if node.value else "empty"
