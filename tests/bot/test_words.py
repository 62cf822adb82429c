"""Every word that the code asks for is there, in both languages, with the same values."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from bot.words import load_words
from catalog.questions.question import FieldType
from models.barcode_format import BarcodeFormat
from models.refusal import Code

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(
    path.parent.relative_to(ROOT).as_posix()
    for top in ("bot", "backend")
    for path in (ROOT / top).rglob("ru.ftl")
)


def _catalog(folder: str, language: str) -> dict[str, set[str]]:
    """Key (attributes as `key.name`) → the values that its text needs."""
    text = (ROOT / folder / f"{language}.ftl").read_text()
    found: dict[str, set[str]] = {}
    for entry in FluentParser().parse(text).body:
        assert not isinstance(entry, fluent.Junk), entry.content
        if not isinstance(entry, fluent.Message):
            continue
        assert entry.id.name not in found, f"{entry.id.name} is said twice"
        found[entry.id.name] = _values(entry.value)
        for attribute in entry.attributes:
            found[f"{entry.id.name}.{attribute.id.name}"] = _values(attribute.value)
    return found


class _Names(Visitor):
    """The `$values` below a node."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802
        self.found.add(node.id.name)


def _values(node: fluent.BaseNode | None) -> set[str]:
    names = _Names()
    if node is not None:
        names.visit(node)
    return names.found


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_languages_say_the_same_things(folder: str) -> None:
    russian, english = _catalog(folder, "ru"), _catalog(folder, "en")
    assert russian.keys() == english.keys()
    assert {key: values for key, values in russian.items() if values != english[key]} == {}


def _asked_for() -> Iterator[tuple[str, str]]:
    """Where the bot names a wording: `words("key")`, `words.html("key")`."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if not ast.unparse(node.func).endswith(("words", "words.html")):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", first.value


def test_every_key_in_the_bots_code_is_there() -> None:
    there = _catalog("bot/locales", "ru").keys()
    asked = list(_asked_for())
    assert len(asked) > 100, "the search finds what it looks for"
    missing = [f"{place}: {key}" for place, key in asked if key not in there]
    assert missing == [], "add these to bot/locales/ru.ftl and en.ftl"


def test_every_refusal_hint_and_format_has_words() -> None:
    there = _catalog("bot/locales", "ru").keys()
    hints = re.findall(
        r'_no\("([a-z-]+)"', (ROOT / "catalog/questions/parse_answer.py").read_text()
    )
    assert len(hints) > 10, "the search finds what it looks for"
    wanted = {f"refusal-{code.value.replace('_', '-')}" for code in Code}
    wanted |= {f"number-hint-{each.value}" for each in BarcodeFormat} | set(hints)
    wanted |= {
        f"question-{kind.value.replace('_', '-')}"
        for kind in FieldType
        if kind.value in {"given_name", "surname", "patronymic", "gender", "birth_date", "email"}
    }
    assert wanted - there == set()


def test_russian_counts_as_russians_do() -> None:
    words = load_words()
    said = [words.text("ru", "cards-title", count=count) for count in (1, 2, 5, 21)]
    assert [text.rsplit(" ", 1)[1] for text in said] == ["карта", "карты", "карт", "карта"]


# One spelling of each name, hyphens and quotes as an editor wants them. ("SMS" is the law's word.)
ODD = re.compile(r"[Тт]елеграм|СМС|«[^«»]*«|\be-mail\b(?=.*[а-я])|\.\.\.|[а-яА-Я] - [а-яА-Я]")


@pytest.mark.parametrize("folder", FOLDERS)
def test_names_are_spelt_in_one_way(folder: str) -> None:
    text = (ROOT / folder / "ru.ftl").read_text()
    said = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert ODD.findall(said) == []
    english = (ROOT / folder / "en.ftl").read_text()
    plain = "\n".join(line for line in english.splitlines() if not line.startswith("#"))
    assert re.findall(r"[«»]|\.\.\.", plain) == []
