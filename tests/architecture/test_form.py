"""Files look as the house wants them, and each check sees a bad sample."""

import pytest

from tests.architecture.rules import form as rules
from tests.architecture.rules.reasons import beyond, told
from tests.architecture.samples import Rule, assert_let_pass, assert_seen, inside
from tests.support.source import PRODUCT, ROOT, Source, files, sources

# `path:function:` of what is one literal table.
TABLES: dict[str, str] = {}


def test_a_package_is_one_docstring() -> None:
    packages = [source for source in sources() if source.path.endswith("__init__.py")]
    assert len(packages) > 10
    found = [line for source in packages for line in rules.more_than_a_docstring(source)]
    assert not found, told(found)


def test_python_lives_in_the_fixed_folders() -> None:
    homes = {path.relative_to(ROOT).parts[0] for path in files() if path.suffix == ".py"}
    assert homes == {*PRODUCT, "tests"}, "put the code into one of the fixed folders"


def test_a_function_can_be_seen_at_once() -> None:
    found = [line for source in sources() for line in rules.long_functions(source)]
    wrong = beyond(found, TABLES)
    assert not wrong, told(wrong)


def test_aiogram_stays_where_it_belongs() -> None:
    found = [line for source in sources() for line in rules.aiogram_imports(source)]
    assert not found, told(found)


def test_files_know_no_machine() -> None:
    found: list[str] = []
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        text = path.read_bytes().decode("utf-8", "ignore")
        if not name.startswith("tests/architecture/"):
            found += rules.traces_of_a_machine(name, text, str(ROOT))
    assert not found, told(found)


@pytest.mark.parametrize(
    "line",
    [
        "see /home/anna/karman/README.md",
        "cd /{}/karman".format("root"),
        "/checkout/of/anna is where it works",
        "pip install --extra-{}-url there karman".format("index"),
        "files.python{}.org".format("hosted"),
    ],
)
def test_a_trace_of_a_machine_is_seen(line: str) -> None:
    assert rules.traces_of_a_machine("README.md", f"fine\n{line}\n", "/checkout/of/anna")


def test_aiogram_is_not_for_screens_and_the_sandbox() -> None:
    for path in (
        "bot/sandbox/server.py",
        "bot/screens/pocket/card.py",
        "backend/messaging/email/send.py",
    ):
        assert rules.aiogram_imports(Source(path, "import aiogram"))
    for path in ("bot/handlers/home/start.py", "backend/messaging/telegram/send.py"):
        assert not rules.aiogram_imports(Source(path, "import aiogram"))


def test_a_reason_that_is_no_longer_needed_is_told() -> None:
    assert beyond([], {"bot/old.py": "was once needed"})
    assert not beyond(["bot/old.py:3: remedy"], {"bot/old.py": "is needed"})


def as_long_as(lines: int) -> str:
    return inside(*["pass"] * (lines - 1))


BAD = [
    (rules.long_functions, as_long_as(31)),
    (rules.long_functions, "class A:\n    " + as_long_as(31).replace("\n", "\n    ")),
    (rules.long_functions, "def f():\n" + "\n" * 29 + "    pass"),
    (rules.more_than_a_docstring, "from backend.cards.issue.issue_cards import issue"),
    (rules.more_than_a_docstring, ""),
    (rules.more_than_a_docstring, '"""Cards."""\n__all__ = ["issue"]'),
    (rules.aiogram_imports, inside("from aiogram.types import Message")),
    (rules.aiogram_imports, "import aiogram"),
]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_each_check_sees_a_bad_sample(rule: Rule, text: str) -> None:
    assert_seen(rule, text)


GOOD = [
    (rules.long_functions, as_long_as(30)),
    (rules.long_functions, "@cache\n" * 31 + as_long_as(30)),
    (rules.long_functions, "TABLE = {\n" + "    1: 2,\n" * 40 + "}"),
    (rules.more_than_a_docstring, '"""Cards: issue, hide, remove."""'),
    (rules.aiogram_imports, "import aiohttp\nfrom . import words"),
]


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_each_check_lets_a_good_sample_pass(rule: Rule, text: str) -> None:
    assert_let_pass(rule, text)
