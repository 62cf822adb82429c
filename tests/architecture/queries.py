"""Where a source begins a query on a table: through its model, or in SQL."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tests.architecture.owned import owned, owned_sql, tables
from tests.support.source import Source

QUERIES = {
    "all", "filter", "get", "get_or_none", "exclude", "first", "last", "exists", "annotate",
    "in_bulk", "raw", "update_or_create", "get_or_create", "select_for_update", "latest",
    "earliest", "bulk_update",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """`first` and `last` are lines. `told` are the keywords of the calls in its chain, `values`
    what they are given. SQL has its text, with `{}` for the holes of an f-string."""

    first: int
    last: int
    model: str = ""
    told: tuple[tuple[str, ast.expr], ...] = ()
    text: str = ""


def queries(source: Source, models: set[str]) -> Iterator[Query]:
    """Those that begin at one of the models, under whatever name it was imported."""
    names = {name: name for name in models} | _renamed(source.tree, models)
    parents = {
        child: node for node in ast.walk(source.tree) for child in ast.iter_child_nodes(node)
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in QUERIES:
            model = _model(node.value, names)
            if model:
                whole, told = _chain(node, parents)
                yield Query(node.lineno, whole.end_lineno or node.lineno, model, told)


def statements(source: Source) -> Iterator[Query]:
    """SQL that names a table of a brand or an account."""
    for node, text in texts(source.tree):
        if owned_sql().search(text):
            line = getattr(node, "lineno", 1)
            yield Query(line, getattr(node, "end_lineno", None) or line, text=text)


def owned_queries(source: Source) -> Iterator[Query]:
    yield from queries(source, set(owned()))
    yield from statements(source)


def all_queries(source: Source) -> Iterator[Query]:
    yield from queries(source, set(tables()))
    yield from statements(source)


def _renamed(tree: ast.Module, models: set[str]) -> dict[str, str]:
    return {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname and alias.name in models
    }


def _model(node: ast.expr, names: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    return names.get(node.attr, "") if isinstance(node, ast.Attribute) else ""


def _chain(
    node: ast.AST, parents: dict[ast.AST, ast.AST]
) -> tuple[ast.expr, tuple[tuple[str, ast.expr], ...]]:
    """The outermost call of `Model.filter(…).order_by(…).first()`, and all keywords on the way.
    A positional argument is told as `*`."""
    told: list[tuple[str, ast.expr]] = []
    while True:
        above = parents.get(node)
        if isinstance(above, ast.Call) and above.func is node:
            told += [(each.arg or "**", each.value) for each in above.keywords]
            told += [("*", each) for each in above.args]
        elif not isinstance(above, ast.Attribute):
            assert isinstance(node, ast.expr)
            return node, tuple(told)
        node = above


def texts(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every string but docstrings and the parts of f-strings; holes are `{}`."""
    left_out = {id(part) for node in ast.walk(tree) for part in _parts(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield (
                node,
                "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "{}"
                    for part in node.values
                ),
            )
        elif isinstance(node, ast.Constant) and id(node) not in left_out:
            yield node, str(node.value)


def _parts(node: ast.AST) -> list[ast.expr]:
    """Strings that are told with a whole, or are no text of the program's."""
    if isinstance(node, ast.JoinedStr):
        return list(node.values)
    if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return []
    first = node.body[0] if node.body else None
    return [first.value] if isinstance(first, ast.Expr) else []
