"""What the rules ask of a syntax tree, and how an offence reads."""

import ast
from collections.abc import Iterator

from tests.support.source import Source


def offence(source: Source, node: ast.AST, remedy: str) -> str:
    return f"{source.path}:{getattr(node, 'lineno', 1)}: {remedy}"


def imports(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module


def texts(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every string but docstrings; f-strings with their holes left out."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (part.value for part in node.values if isinstance(part, ast.Constant))
            yield node, "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield node, str(node.value)


def last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def root(node: ast.expr) -> str:
    """`ConsentRecord` for `(await ConsentRecord.filter(…).first()).save`."""
    while True:
        match node:
            case ast.Attribute(value=inner) | ast.Await(value=inner) | ast.Subscript(value=inner):
                node = inner
            case ast.Call(func=inner):
                node = inner
            case ast.Name(id=name):
                return name
            case _:
                return ""


def variables_of(tree: ast.Module, classes: set[str]) -> set[str]:
    """Names bound to something that begins at one of the classes, or annotated with one."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=targets, value=value) if root(value) in classes:
                found |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.For(target=ast.Name(id=name), iter=value) if root(value) in classes:
                found.add(name)
            case ast.AsyncFor(target=ast.Name(id=name), iter=value) if root(value) in classes:
                found.add(name)
            case ast.arg(arg=name, annotation=ast.Name(id=kind)) if kind in classes:
                found.add(name)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id=kind)) if (
                kind in classes
            ):
                found.add(name)
    return found
