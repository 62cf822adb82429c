"""Whether a regular expression takes time in proportion to the text, whatever the text is.

`re` tries again where it has a choice. A pattern has none too many when, of every repeat without
a near end: nothing inside repeats the same characters; alternatives begin differently; two in a
row are kept apart by a character that one of them cannot take; and, where the text is searched,
a repeat cannot take the beginning of the pattern, or every beginning starts the work anew. That
asks more than is needed, and is simple. Character sets are compared on a sample of characters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

# The parser of the standard library: it has no other name that all versions know.
ops, parser = import_module("re._constants"), import_module("re._parser")

NEAR = 256
"""A repeat of at most so many is a constant."""
SAMPLE = frozenset(map(chr, range(128))) | frozenset("яЁé\u00a0\u2028٣中😀")
_REPEATS = {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}
_SETS = {ops.LITERAL, ops.NOT_LITERAL, ops.ANY, ops.IN, ops.CATEGORY}
_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d", ops.CATEGORY_NOT_DIGIT: r"\D", ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S", ops.CATEGORY_WORD: r"\w", ops.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip

Chars = frozenset[str]
Node = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a pattern: the characters it may take, those it may begin with, whether it may
    be nothing, and what it is made of. `far`: a repeat without a near end."""

    eats: Chars
    first: Chars
    nothing: bool
    far: bool = False
    inside: tuple[tuple["Item", ...], ...] = ()
    sure: bool = False


def risks(pattern: str, flags: int = 0, *, searched: bool = True) -> list[str]:
    """What may take more than linear time; empty for a good pattern."""
    parsed = parser.parse(pattern, flags)
    row = _row(list(parsed), parsed.state.flags)
    found = list(_in_row(row))
    if searched:
        found += _searched(row, _looked_back(list(parsed), parsed.state.flags))
    return found


def _in_row(row: tuple[Item, ...]) -> Iterator[str]:
    for item in row:
        for inner in item.inside:
            yield from _in_row(inner)
        if item.far and not item.sure:
            yield from _repeated(item)
    flat = [*_flat(row)]
    for place, item in enumerate(flat):
        if item.far and not item.sure:
            yield from _followed(item, flat[place + 1 :])


def _repeated(item: Item) -> Iterator[str]:
    firsts = [_first(inner) for inner in item.inside]
    if any(a & b for n, a in enumerate(firsts) for b in firsts[n + 1 :]):
        yield "alternatives of a repeat begin alike"
    for inner in item.inside:
        flat = [*_flat(inner)]
        for far in (each for each in flat if each.far):
            others = [each for each in flat if each is not far and not each.nothing]
            if not any(other.first.isdisjoint(far.eats) for other in others):
                yield "a repeat within a repeat takes the same characters"


def _followed(item: Item, rest: list[Item]) -> Iterator[str]:
    between: list[Item] = []
    for other in rest:
        if other.far and item.eats & other.eats:
            apart = [each for each in between if not each.nothing]
            begins_apart = other.first.isdisjoint(item.eats)
            if not begins_apart and not any(_keeps_apart(each, item, other) for each in apart):
                yield "two repeats in a row take the same characters"
            return
        between.append(other)


def _keeps_apart(between: Item, left: Item, right: Item) -> bool:
    return between.first.isdisjoint(left.eats) or between.first.isdisjoint(right.eats)


def _searched(row: tuple[Item, ...], before: Chars) -> Iterator[str]:
    """`before`: what may not stand before a match."""
    flat = [*_flat(row)]
    first = _first(row)
    for place, item in enumerate(flat):
        last = all(each.nothing and each.eats for each in flat[place + 1 :])  # nothing can fail
        before_it = [each for each in flat[:place] if not each.nothing]
        apart = any(
            each.first.isdisjoint(item.eats) for each in [*before_it, Item(first, first, False)]
        )
        if _far_inside(item) and not last and not apart and not item.eats <= before:
            yield "a repeat takes what the pattern begins with, and the text is searched"


def _far_inside(item: Item) -> bool:
    return item.far or any(_far_inside(each) for inner in item.inside for each in inner)


def _first(row: tuple[Item, ...]) -> Chars:
    found: Chars = frozenset()
    for item in row:
        found |= item.first
        if not item.nothing:
            break
    return found


def _flat(row: tuple[Item, ...]) -> Iterator[Item]:
    """Groups of one alternative are as if they were not there."""
    for item in row:
        if not item.far and len(item.inside) == 1 and not item.nothing:
            yield from _flat(item.inside[0])
        else:
            yield item


def _row(nodes: list[Node], flags: int) -> tuple[Item, ...]:
    return tuple(_item(op, value, flags) for op, value in nodes)


def _item(op: Any, value: Any, flags: int) -> Item:
    if op in _SETS:
        chars = _chars(op, value, flags)
        return Item(chars, chars, nothing=False)
    if op in _REPEATS:
        low, high, body = value
        inner = _alternatives(list(body), flags)
        far = high > NEAR
        nothing = low == 0 or all(_nothing(each) for each in inner)
        return _of(inner, nothing=nothing, far=far, sure=op is ops.POSSESSIVE_REPEAT)
    if op in {ops.SUBPATTERN, ops.ATOMIC_GROUP, ops.BRANCH}:
        return _group(op, value, flags)
    if op in {ops.GROUPREF_EXISTS, ops.GROUPREF}:
        return Item(SAMPLE, SAMPLE, nothing=True)
    # What takes no room: the edges of words and lines, and looking ahead or back.
    looked = op in {ops.ASSERT, ops.ASSERT_NOT}
    inside = (_row(list(value[1]), flags),) if looked else ()
    return Item(frozenset(), frozenset(), nothing=True, inside=inside)


def _group(op: Any, value: Any, flags: int) -> Item:
    if op is ops.BRANCH:
        inner = tuple(_row(list(each), flags) for each in value[1])
    elif op is ops.SUBPATTERN:
        inner = _alternatives(list(value[3]), (flags | value[1]) & ~value[2])
    else:
        inner = _alternatives(list(value), flags)
    nothing = any(_nothing(each) for each in inner)
    return _of(inner, nothing=nothing, sure=op is ops.ATOMIC_GROUP)


def _alternatives(nodes: list[Node], flags: int) -> tuple[tuple[Item, ...], ...]:
    if len(nodes) == 1 and nodes[0][0] is ops.BRANCH:
        return tuple(_row(list(each), flags) for each in nodes[0][1][1])
    if len(nodes) == 1 and nodes[0][0] is ops.SUBPATTERN:
        return _alternatives(list(nodes[0][1][3]), flags)
    return (_row(nodes, flags),)


def _of(
    inner: tuple[tuple[Item, ...], ...], *, nothing: bool, far: bool = False, sure: bool = False
) -> Item:
    eats = frozenset().union(*(item.eats for row in inner for item in row))
    first = frozenset().union(*(_first(row) for row in inner))
    return Item(eats, first, nothing, far, inner, sure)


def _nothing(row: tuple[Item, ...]) -> bool:
    return all(item.nothing for item in row)


def _looked_back(nodes: list[Node], flags: int) -> Chars:
    """What may not stand before a match, by a look back at the beginning."""
    if not nodes or nodes[0][0] not in {ops.ASSERT, ops.ASSERT_NOT} or nodes[0][1][0] > 0:
        return frozenset()
    last = list(nodes[0][1][1])[-1:]
    chars = _chars(last[0][0], last[0][1], flags) if last and last[0][0] in _SETS else SAMPLE
    if nodes[0][0] is ops.ASSERT:
        return SAMPLE - chars
    return chars if len(nodes[0][1][1]) == 1 else frozenset()


def _chars(op: Any, value: Any, flags: int) -> Chars:
    if op is ops.ANY:
        return SAMPLE if flags & re.DOTALL else SAMPLE - {"\n"}
    if op is ops.LITERAL:
        return _cased({chr(value)}, flags)
    if op is ops.NOT_LITERAL:
        return SAMPLE - _cased({chr(value)}, flags)
    if op is ops.CATEGORY:
        kind = re.compile(_CATEGORIES[value], flags & re.ASCII)
        return frozenset(sign for sign in SAMPLE if kind.fullmatch(sign))
    negated = bool(value) and value[0][0] is ops.NEGATE
    found: Chars = frozenset()
    for kind, given in value[1:] if negated else value:
        if kind is ops.RANGE:
            low, high = given
            ends = {chr(low), chr(high)}
            inside = ends | {sign for sign in SAMPLE if low <= ord(sign) <= high}
            found |= _cased(inside, flags)
        else:
            found |= _chars(kind, given, flags)
    return SAMPLE - found if negated else found


def _cased(signs: set[str], flags: int) -> Chars:
    if not flags & re.IGNORECASE:
        return frozenset(signs)
    return frozenset(signs | {sign.lower() for sign in signs} | {sign.upper() for sign in signs})
