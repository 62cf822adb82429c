"""YAML nodes to plain values: texts, lists and groups of keys, with the line of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from catalog.entries.mistakes import Way
from catalog.entries.values.wrong import kind_of

_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Repeated:
    """A key that is given twice in one group: its line and the first one's."""

    way: Way
    line: int
    first: int


@dataclass(slots=True)
class Lines:
    """Where each value and each key stands; `top` is None when there is nothing at all."""

    top: int | None
    values: dict[Way, int] = field(default_factory=dict)
    keys: dict[Way, int] = field(default_factory=dict)
    repeated: list[Repeated] = field(default_factory=list)

    def of(self, way: Way, at_key: bool = False) -> int | None:
        """The line of a value, or of the nearest group that is there; or that of the key."""
        if at_key and way in self.keys:
            return self.keys[way]
        while way:
            if way in self.values:
                return self.values[way]
            way = way[:-1]
        return self.top


def plain(node: yaml.Node | None, first_line: int = 1) -> tuple[Any, Lines]:
    """The value of a node, and where what stands. A scalar is the text that was typed; a key
    without a value is None. `first_line` is the line of the file the YAML starts on."""
    lines = Lines(node.start_mark.line + first_line if node else None)
    return ({} if node is None else _value(node, (), lines, first_line)), lines


def _value(node: yaml.Node, way: Way, lines: Lines, first_line: int) -> Any:
    lines.values[way] = node.start_mark.line + first_line
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, way, lines, first_line))
    if isinstance(node, yaml.SequenceNode):
        items = enumerate(node.value)
        return [_value(item, (*way, place), lines, first_line) for place, item in items]
    return str(node.value)


def _pairs(
    node: yaml.MappingNode, way: Way, lines: Lines, first_line: int
) -> Iterator[tuple[str, Any]]:
    """The first of two values holds, the second is remembered as a mistake."""
    for key_node, value in node.value:
        key = _key(key_node)
        inner, line = (*way, key), key_node.start_mark.line + first_line
        if inner in lines.keys:
            lines.repeated.append(Repeated(inner, line, lines.keys[inner]))
            continue
        lines.keys[inner] = line
        read = _value(value, inner, lines, first_line)
        yield key, None if value.tag == _NULL else read


def _key(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    return kind_of({} if isinstance(node, yaml.MappingNode) else [])
