"""No text of a stranger keeps `re` busy: every pattern of the product is linear."""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.architecture.linear_patterns import risks
from tests.architecture.rules.reasons import beyond, told
from tests.support.source import Source, sources

ANCHORED = {"fullmatch", "match"}
SEARCHING = {"search", "findall", "finditer", "sub", "subn", "split"}
# Why a pattern that is not seen to be linear may stay.
REASONS = {
    "backend/messaging/sms/http_template/send.py": "the operator's setting, asked of his gateway",
    "backend/messaging/sms/http_template/reports.py": "the operator's setting, of his gateway",
    "backend/platform/world/outside.py": "sees whether the operator's setting is a pattern at all",
    "catalog/recognition.py": "a brand's mask of single characters, of at most 128",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """`searched`: used, or perhaps used, with more than one beginning. `text` is None when it is
    put together while the product runs."""

    text: str | None
    flags: int
    searched: bool
    line: int


def patterns(source: Source) -> Iterator[Pattern]:
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        method, owner = node.func.attr, node.func.value
        if not (isinstance(owner, ast.Name) and owner.id == "re"):
            continue
        if method == "compile":
            yield _pattern(node, source, searched=_may_be_searched(source.tree, node))
        elif method in ANCHORED | SEARCHING:
            yield _pattern(node, source, searched=method in SEARCHING)


def _pattern(node: ast.Call, source: Source, *, searched: bool) -> Pattern:
    flags = 0
    for given in [*node.args[1:], *(word.value for word in node.keywords)]:
        for name in ast.walk(given):
            if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name):
                flags |= int(getattr(re, name.attr, 0)) if name.value.id == "re" else 0
    try:
        text = ast.literal_eval(node.args[0])
    except ValueError:
        text = _made(source, node)
    return Pattern(text, flags, searched, node.lineno)


def _made(source: Source, compiled: ast.Call) -> str | None:
    """The text of a module's pattern that is put together when the module is imported."""
    for node in source.tree.body:
        if isinstance(node, ast.Assign) and node.value is compiled:
            module = importlib.import_module(source.path.removesuffix(".py").replace("/", "."))
            name = node.targets[0]
            made = getattr(module, name.id) if isinstance(name, ast.Name) else None
            return made.pattern if isinstance(made, re.Pattern) else None
    return None


def _may_be_searched(tree: ast.Module, compiled: ast.Call) -> bool:
    """False when it has a name of this module alone that is only asked for full matches."""
    names = [
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and node.value is compiled
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.startswith("_")
    ]
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in names
    }
    return not used or not used <= ANCHORED


def offences(source: Source) -> list[str]:
    found = []
    for pattern in patterns(source):
        if pattern.text is None:
            what = ["it is put together while the product runs"]
        else:
            what = risks(pattern.text, pattern.flags, searched=pattern.searched)
        found += [
            f"{source.path}:{pattern.line}: {risk}: a stranger's text may take hours. Read it "
            "once from the left without `re`, or keep the parts apart (linear_patterns.py)"
            for risk in what[:1]
        ]
    return found


def test_every_pattern_is_linear() -> None:
    rooms = [each for each in sources() if not each.path.startswith("bot/sandbox/")]
    assert sum(len([*patterns(room)]) for room in rooms) > 30
    wrong = beyond([line for room in rooms for line in offences(room)], REASONS)
    assert not wrong, told(wrong)


BAD = [
    # What once kept the whole bot busy: every escaped quote is a beginning.
    (r'"((?:[^"\\]|\\.)*)"\s*=\s*"((?:[^"\\]|\\.)*)"\s*;', True),
    (r"(a+)+$", False),
    (r"(?:\w+\s?)*!", False),
    (r"(?:\d\d|\w)*x", False),
    (r"\d*\.?\d*x", False),
    (r".*x.*y", False),
    (r"\s+$", True),
    (r"<[^>]*>", True),
    (r"[\w.]+@\w+", True),
    (r"x*y", True),
]
GOOD = [
    (r'"((?:[^"\\]|\\.)*)"\s*=\s*"((?:[^"\\]|\\.)*)"\s*;', False),
    (r"<[^<>]*>", True),
    (r"<[^>]{1,80}>", True),
    (r"\d+", True),
    (r"[a-z0-9]+(-[a-z0-9]+)*", False),
    (r"(?<![\w.])[\w.]+@\w+", True),
    (r"(?>[^\"\\]++|\\.)*+\"", False),
    (r"\s*(\d{1,2})\s*[./]\s*(\d{4})\s*", False),
]


@pytest.mark.parametrize(("pattern", "searched"), BAD)
def test_a_pattern_that_takes_too_long_is_seen(pattern: str, searched: bool) -> None:
    assert risks(pattern, searched=searched)


@pytest.mark.parametrize(("pattern", "searched"), GOOD)
def test_a_good_pattern_passes(pattern: str, searched: bool) -> None:
    assert risks(pattern, searched=searched) == []


def test_the_check_sees_it_in_a_source() -> None:
    bad = r"""
import re
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"\s*=')
def strings(text): return _STRING.findall(text)
"""
    assert offences(Source("backend/exchange/sample.py", bad))
    assert not offences(Source("backend/exchange/sample.py", bad.replace("findall", "fullmatch")))
    assert offences(Source("backend/sample.py", "import re\nre.search(pattern, text)"))
