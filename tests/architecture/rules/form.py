"""How a file looks: packages, functions, what is imported, and no trace of a machine."""

import ast
import re

from tests.architecture.rules.syntax import imports, offence
from tests.support.source import Source


def more_than_a_docstring(source: Source) -> list[str]:
    body = source.tree.body
    if len(body) == 1 and ast.get_docstring(source.tree):
        return []
    remedy = (
        "an __init__.py is one docstring that says what the package is for; "
        "import names from the module that defines them"
    )
    return [offence(source, body[-1] if body else source.tree, remedy)]


LONGEST_FUNCTION = 30


def long_functions(source: Source) -> list[str]:
    """Counted from `def` to the last line, without decorators. The offence names the function
    behind its path, so that a reason is for one function."""
    remedy = (
        "{lines} lines, and {most} are the most: part it by what it does, each step with a name "
        "(a table belongs in a constant); a function that is one literal table may be named "
        "with its reason in test_form.py"
    )
    return [
        f"{source.path}:{node.name}:{node.lineno}: "
        + remedy.format(lines=lines, most=LONGEST_FUNCTION)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]


def aiogram_imports(source: Source) -> list[str]:
    if source.path.startswith(("bot/sandbox/", "bot/screens/")):
        allowed = False
    else:
        allowed = source.path.startswith(("bot/", "backend/messaging/telegram/"))
    remedy = (
        "aiogram is imported in bot/ (not sandbox, not screens) and backend/messaging/telegram/ "
        "only; pass plain values, or put the code there"
    )
    return [
        offence(source, node, remedy)
        for node, name in imports(source.tree)
        if not allowed and name.split(".")[0] == "aiogram"
    ]


_MACHINE = re.compile(r"(?<![\w.$}~-])/(root|home|Users)/[\w.]+")
_REGISTRY = re.compile(
    r"\b(pypi\.org|pythonhosted\.org|npmjs\.(org|com)|proxy\.golang\.org)\b"
    r"|--(extra-)?index-url\b|--trusted-host\b|--find-links\b"
)


def traces_of_a_machine(path: str, text: str, own_folder: str) -> list[str]:
    remedy = "a path of one machine or the address of a registry: write what holds everywhere"
    return [
        f"{path}:{number}: {remedy}"
        for number, line in enumerate(text.splitlines(), 1)
        if own_folder in line or _MACHINE.search(line) or _REGISTRY.search(line)
    ]
