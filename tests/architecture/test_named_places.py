"""Paths and dotted names in prose (docstrings, comments, documents) lead to what is there."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

import pytest

from tests.support.source import PRODUCT, ROOT, Source, files, sources

FOLDERS = (*PRODUCT, "tests")
TOP = "|".join(FOLDERS)
# `bot` alone is also a variable of aiogram's, and a web address has such words in it, too.
PATH = re.compile(rf"(?<![\w./-])(?:{TOP}|docs)(?:/[\w.-]+)+/?")
DOTTED = re.compile(rf"(?<![\w./-])(?:{TOP})(?:\.[A-Za-z_]\w*)+")
# A vendor folder is described before there is a vendor; attributes of aiogram's Bot.
NOT_OURS = re.compile(r"bot\.session\b|backend/partners/")


def docstrings(tree: ast.Module) -> Iterator[str]:
    """Strings that stand alone: those of modules, classes, functions, and after a constant."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield text


def comments(text: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def prose(source: Source) -> str:
    return "\n".join([*docstrings(source.tree), *comments(source.text)])


def path_is_there(named: str) -> bool:
    return (ROOT / named.rstrip(".")).exists()


def dotted_is_there(named: str) -> bool:
    """A package, a module, or a name that its module holds."""
    place, names = ROOT, named.split(".")
    while names and (place / names[0]).is_dir():
        place /= names.pop(0)
    if not names:
        return True
    module = place / f"{names.pop(0)}.py"
    if not module.is_file():
        return False
    return not names or re.search(rf"\b{names[0]}\b", module.read_text()) is not None


def missing(text: str) -> list[str]:
    text = NOT_OURS.sub("", text)
    return [name for name in PATH.findall(text) if not path_is_there(name)] + [
        name for name in DOTTED.findall(text) if not dotted_is_there(name)
    ]


def test_what_docstrings_and_comments_name_is_there() -> None:
    wrong = {one.path: gone for one in sources(*FOLDERS) if (gone := missing(prose(one)))}
    assert not wrong, f"named, but not there; mend the prose: {wrong}"


def test_what_documents_name_is_there() -> None:
    documents = [path for path in files() if path.suffix == ".md"]
    assert len(documents) > 8
    wrong = {path.name: gone for path in documents if (gone := missing(path.read_text()))}
    assert not wrong, f"named, but not there; mend the prose: {wrong}"


@pytest.mark.parametrize(
    "told",
    [
        "see backend/reactions.py.",
        "in bot/taps/, backend.platform.failures and models.card.CardOrigin",
        "https://example.org/docs/nowhere.md",
    ],
)
def test_what_is_there_passes(told: str) -> None:
    assert not missing(told)


@pytest.mark.parametrize(
    "told",
    [
        "see bot/taps.py",
        "models.card.Nothing_of_that_name",
        "backend.consents.canonical",
        "`docs/nowhere.md`",
    ],
)
def test_what_has_moved_is_found(told: str) -> None:
    assert len(missing(told)) == 1
