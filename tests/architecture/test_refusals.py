"""Every refusal is told whole: typed details without ids, words in both languages."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from bot.words import load_words
from models.refusal import Code
from models.refusal_details import DETAILS
from tests.support.source import Source, sources

SAMPLES: Mapping[type, object] = {int: 7, str: "phone"}


def sample(code: Code) -> dict[str, Any]:
    """Details as the code may carry them, each key told."""
    hints = get_type_hints(DETAILS[code])
    return {name: SAMPLES[kind] for name, kind in hints.items()}


def test_every_code_says_what_it_tells() -> None:
    assert set(DETAILS) == set(Code), "name the code's details in models/refusal_details.py"


def test_details_are_plain_values_and_no_ids() -> None:
    for code, told in DETAILS.items():
        hints = get_type_hints(told)
        assert set(hints.values()) <= {int, str}, code
        assert [name for name in hints if name.endswith("id") or name == "verification"] == [], code


@pytest.mark.parametrize("code", Code)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_code_has_words(code: Code, language: str) -> None:
    """With no other values than the code tells for certain: no hole is left in the sentence."""
    always = {name: sample(code)[name] for name in DETAILS[code].__required_keys__}  # type: ignore[attr-defined]
    text = load_words().text(language, f"refusal-{code.value.replace('_', '-')}", **always)
    assert text
    assert "refusal-" not in text
    assert "{" not in text


def raised(source: Source) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Refusal":
            yield f"{source.path}:{node.lineno}", node


def wrong_about(call: ast.Call) -> str:
    """What is wrong with `Refusal(Code.…, …)` as it is written."""
    code = call.args[0] if call.args else None
    if not isinstance(code, ast.Attribute) or ast.unparse(code.value) != "Code":
        return "name one code, so that its details can be checked"
    told = DETAILS[Code[code.attr]]
    given = {str(keyword.arg) for keyword in call.keywords} - {"about"}
    if given - set(get_type_hints(told)):
        return f"{code.attr} tells no {sorted(given - set(get_type_hints(told)))}"
    if set(told.__required_keys__) - given:  # type: ignore[attr-defined]
        return f"{code.attr} tells {sorted(told.__required_keys__)}"  # type: ignore[attr-defined]
    return ""


def test_refusals_are_made_as_they_are_declared() -> None:
    calls = [each for source in sources() for each in raised(source)]
    assert len(calls) > 50, "the search finds what it looks for"
    wrong = [f"{place}: {wrong_about(call)}" for place, call in calls if wrong_about(call)]
    assert wrong == [], "see models/refusal_details.py"


def test_each_code_is_raised_somewhere() -> None:
    code_of = {ast.unparse(call.args[0]) for source in sources() for _, call in raised(source)}
    assert {f"Code.{code.name}" for code in Code} - code_of == set(), "nothing refuses with these"


@pytest.mark.parametrize(
    "line",
    [
        "Refusal(code)",
        "Refusal(Code.CARD_EXISTS, card_id=7)",
        "Refusal(Code.WRONG_CODE)",
        "Refusal(Code.CONTACT_TAKEN, field='phone', verification=9)",
    ],
)
def test_a_refusal_of_another_shape_is_seen(line: str) -> None:
    (found,) = list(raised(Source(str(Path("backend/sample.py")), line)))
    assert wrong_about(found[1])
