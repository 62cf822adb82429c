"""A segment's tree as a condition of a statement.

What the tree may be is checked when it is entered (catalog/entries/segment.py); here it is read.
Nothing of it becomes text of the statement: fields are looked up, values are parameters.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from backend.segments import of_cards, of_people, of_what_was_told
from backend.segments.marks import Marks
from backend.segments.whose import Whose

Tree = Mapping[str, Any]
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


def conditions_of(tree: Tree | None) -> list[Tree]:
    """All of them, whatever stands around."""
    if tree is None:
        return []
    if "not" in tree:
        return conditions_of(tree["not"])
    inside = tree.get("all") or tree.get("any")
    if inside is None:
        return [tree]
    return [found for each in inside for found in conditions_of(each)]


def asks_sealed(tree: Tree | None) -> bool:
    return any(each["field"] in SEALED for each in conditions_of(tree))
