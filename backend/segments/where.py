"""A segment's tree as a condition of a statement.

What the tree may be is checked when it is entered (catalog/entries/messages/segment.py); here it
is read. Nothing of it becomes text of the statement: fields are looked up, values are parameters.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from backend.segments import of_cards, of_people, of_what_was_told
from backend.segments.marks import Marks
from backend.segments.whose import Whose

Tree = Mapping[str, Any]
Way = tuple[int | str, ...]
# Each is true or false of a customer `c`, and never unknown: `not` before it means the others.
FIELDS: Mapping[str, Callable[[Tree, Marks], str]] = {
    **of_people.FIELDS,
    **of_cards.FIELDS,
    **of_what_was_told.FIELDS,
}
# What is made of answers that lie sealed.
SEALED = frozenset({"age", "gender", "birthday"})


def where(tree: Tree | None, taken: int, *, brand: Whose, now: datetime) -> tuple[str, list[Any]]:
    """About a customer `c`; its values are numbered after `taken`. "TRUE" for everybody."""
    if tree is None:
        return "TRUE", []
    marks = Marks(taken, brand, now)
    return _node(tree, marks), marks.values


def _node(node: Tree, marks: Marks) -> str:
    if "all" in node:
        return "(" + " AND ".join(_node(each, marks) for each in node["all"]) + ")"
    if "any" in node:
        return "(" + " OR ".join(_node(each, marks) for each in node["any"]) + ")"
    if "not" in node:
        return f"NOT {_node(node['not'], marks)}"
    return f"({FIELDS[node['field']](node, marks)})"


def conditions_of(tree: Tree | None, way: Way = ()) -> Iterator[tuple[Way, Tree]]:
    """All of them, whatever stands around, each with the way to it."""
    if tree is None:
        return
    if "not" in tree:
        yield from conditions_of(tree["not"], (*way, "not"))
    elif "field" in tree:
        yield way, tree
    else:
        (key,) = tree
        for place, each in enumerate(tree[key]):
            yield from conditions_of(each, (*way, key, place))


def asks_sealed(tree: Tree | None) -> bool:
    return any(each["field"] in SEALED for _, each in conditions_of(tree))
