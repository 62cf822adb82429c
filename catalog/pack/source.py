"""One YAML file of a pack: its plain values, and what the entries' rules say of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from catalog.bilingual import Bilingual
from catalog.entries.mistakes import MOST, mistakes_of, named, pointer
from catalog.entries.values.around import NOBODY, Around
from catalog.entries.values.entry import Entry
from catalog.pack.folder import Folder
from catalog.pack.plain import Lines, plain
from catalog.pack.problems import Problems
from catalog.pack.yaml_nodes import compose

_LARGEST = 256 * 1024
E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Source:
    """`values` as they were typed, right or wrong; None when the file cannot be read, which has
    been told. What a file names must be found also when other keys of it are wrong, so some of
    the values are asked for one by one; what is no text is "" then."""

    file: str
    values: Any
    lines: Lines

    def text(self, key: str) -> str:
        value = self.values.get(key) if isinstance(self.values, Mapping) else None
        return value.strip() if isinstance(value, str) else ""

    def texts(self, key: str, longest: int) -> tuple[str, ...]:
        """Those of a list, each once."""
        value = self.values.get(key) if isinstance(self.values, Mapping) else None
        listed = value if isinstance(value, list) else []
        texts = (each.strip() for each in listed if isinstance(each, str))
        return tuple(dict.fromkeys(text for text in texts if 0 < len(text) <= longest))

    def both(self, key: str) -> Bilingual:
        value = self.values.get(key) if isinstance(self.values, Mapping) else None
        if not isinstance(value, Mapping):
            return NOBODY
        inner = Source(self.file, value, self.lines)
        return Bilingual(inner.text("ru"), inner.text("en"))


def read_source(file: str, folder: Folder, problems: Problems) -> Source:
    text = folder.read_text(file, largest=_LARGEST, expected="this file")
    if text is None:
        return Source(file, None, Lines(None))
    return source_of(text, file, problems)


def source_of(text: str, file: str, problems: Problems, first_line: int = 1) -> Source:
    """`first_line` is the line of the file the text starts on."""
    before = problems.count(file)
    node = compose(text, file, problems, first_line)
    values, lines = plain(node, first_line)
    return Source(file, None if problems.count(file) > before else values, lines)


def checked(
    model: type[E], source: Source, problems: Problems, around: Around | None = None
) -> E | None:
    """The entry, or None after its mistakes were told."""
    if source.values is None:
        return None
    for each in source.lines.repeated:
        what = f"{named(model, each.way)} is given twice, first on line {each.first}"
        problems.add(source.file, each.line, what, "each key once")
    try:
        return model.model_validate(source.values, context=around)
    except ValidationError as found:
        _tell(model, found, source, problems)
        return None


def _tell(model: type[Entry], found: ValidationError, source: Source, problems: Problems) -> None:
    for mistake in mistakes_of(model, found, "the file"):
        line = source.lines.of(mistake.way, mistake.at_key)
        first = "" if mistake.first is None else f", first on line {source.lines.of(mistake.first)}"
        place = pointer(mistake.way)
        problems.add(source.file, line, mistake.what + first, mistake.expected, place)
    problems.more(source.file, max(0, found.error_count() - MOST))
