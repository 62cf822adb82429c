"""The table package → tests in CONTRIBUTING.md: whole, true, read as `make mutants` reads it."""

import json
from pathlib import Path

import pytest

from tests.mutation.equivalent import Change, change_of, equivalents
from tests.mutation.report import read_figures, total
from tests.mutation.rooms import NoSuchRoom, all_rooms, rooms_of
from tests.support.source import ROOT

DIFF = """--- backend/outbox/backoff.py
+++ backend/outbox/backoff.py
@@ -1,2 +1,2 @@
 def wait(attempts: int) -> int:
-    return 2 ** attempts
+    return 2 * attempts
"""


def packages() -> list[str]:
    """Every folder with code of its own; neither tables nor the few files on top of backend/."""
    found = set()
    for top in ("backend", "bot", "catalog"):
        for path in (ROOT / top).rglob("*.py"):
            if path.name != "__init__.py" and path.parent != ROOT / "backend":
                found.add(path.parent.relative_to(ROOT).as_posix())
    return sorted(found)


def test_every_package_has_its_row_and_every_row_its_folders() -> None:
    rooms = all_rooms()
    named = [room.package for room in rooms]
    assert len(named) == len(set(named)), "a package stands in one row"
    without = [
        package
        for package in packages()
        if not any(f"{package}/".startswith(f"{name}/") for name in named)
    ]
    assert not without, f"name their tests in the table of CONTRIBUTING.md: {without}"
    gone = [name for name in named if not (ROOT / name).is_dir()]
    gone += [tests for room in rooms for tests in room.tests if not (ROOT / tests).exists()]
    assert not gone, f"CONTRIBUTING.md names what is not there: {gone}"


def test_every_folder_of_tests_belongs_to_a_package_or_to_all() -> None:
    """What belongs to no package alone is named in the sentence below the table."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    # A folder that has moved leaves its __pycache__ behind in an older clone.
    folders = {p.relative_to(ROOT / "tests").parts[0] for p in (ROOT / "tests").rglob("*.py")}
    missing = [name for name in sorted(folders - {"conftest.py"}) if f"`tests/{name}" not in text]
    assert not missing, f"say in CONTRIBUTING.md what these test: {missing}"


def test_a_package_is_named_by_its_end() -> None:
    assert [room.package for room in rooms_of("outbox")] == ["backend/outbox"]
    assert [room.package for room in rooms_of("backend/outbox")] == ["backend/outbox"]
    with pytest.raises(NoSuchRoom, match=r"no package 'outb' .* backend/outbox"):
        rooms_of("outb")


def test_figures_count_what_was_tried(tmp_path: Path) -> None:
    def one(name: str, status: str, diff: str = "") -> dict[str, str]:
        return {"name": name, "function": "backend.outbox.wait", "status": status, "diff": diff}

    letters = '-    "SELECT 1 WHERE id = $1"\n+    "select 1 where id = $1"'
    tried = [
        one("a", "killed"),
        one("b", "timeout"),
        one("c", "survived", DIFF),
        one("d", "no tests", '-    f("x")\n+    f("XXxXX")'),
        one("e", "survived", letters),
        one("f", "not checked"),
    ]
    (tmp_path / "verdict.json").write_text(json.dumps({"everything": 90, "tried": tried}))
    figures = read_figures("backend/outbox", tmp_path, {})
    assert [each.split("\n")[0] for each in figures.survived] == ["c: survived", "d: no tests"]
    assert figures.line() == (
        "backend/outbox: 50.0 % (2 killed, 2 survived, 1 equivalent, "
        "1 NOT TRIED YET (run again); a sample of 6 of 90)"
    )
    known = {Change("backend.outbox.wait", ("return 2 ** attempts",), ("return 2 * attempts",)): ""}
    figures = read_figures("backend/outbox", tmp_path, known)
    assert (len(figures.survived), figures.equivalent) == (1, 2)
    assert total([figures, figures]).killed == 4


def test_letters_of_a_text_inside_a_statement_count() -> None:
    told = change_of("f", "-    \"WHERE kind = 'a'\"\n+    \"WHERE kind = 'A'\"")
    assert not told.only_letter_case_of_sql
    assert not change_of("f", '-    g("abc")\n+    g("ABC")').only_letter_case_of_sql


def test_every_mutant_that_is_excused_has_its_reason() -> None:
    without = [change.function for change, reason in equivalents().items() if len(reason) < 20]
    assert not without
