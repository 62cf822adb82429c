"""A copy of the repository for the mutants of one room, under .venv/, so that the tree stays as it
is. It is kept: a run that was stopped goes on there."""

import hashlib
import shutil
import subprocess
from pathlib import Path

from tests.mutation.rooms import ROOT, Quota

PLACES = ROOT / ".venv" / "mutants"
_SOURCES = ["backend", "bot", "catalog", "models"]
# SQLite alone: what a mutant does on one engine it does on the other.
_OPTIONS = ["-k", "not postgres", "-m", "not browser and not long", "-p", "no:cacheprovider"]
# Where no mutant is tried: on PostgreSQL alone (tests/cards/issue holds it there), and in a process
# that has imported nothing yet (tests/messaging/telegram/test_lean_aiogram.py).
_ELSEWHERE = [
    "backend/cards/issue/claim_statement.py",
    "backend/messaging/telegram/lean_aiogram.py",
]
# What the mutants of a room are made from, and how its tests are run.
_SETTINGS = """
[tool.mutmut]
source_paths = {sources}
only_mutate = ["{package}/*.py", "{package}/**/*.py"]
do_not_mutate = {not_here}
do_not_mutate_patterns = ['^\\s*log\\.', '^log = get_log', '^\\s*assert ']
also_copy = {beside}
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = {options}
timeout_multiplier = 6.0
timeout_constant = 5.0
track_dependencies = false
use_git_change_detection = false
on_dependency_change = "ignore"
"""


def prepare(room: Quota, inner: list[str]) -> Path:
    """The copy, up to date. `inner`: packages within this one that are rooms of their own."""
    place = PLACES / room.package.replace("/", "-")
    place.mkdir(parents=True, exist_ok=True)
    names = _tracked()
    for name in names:
        _copy(ROOT / name, place / name)
    _remove_the_rest(place, set(names))
    _forget_old_data(place, names)
    beside = sorted({name.split("/")[0] for name in names} - {*_SOURCES})
    settings = _SETTINGS.format(
        package=room.package,
        sources=_SOURCES,
        options=_OPTIONS,
        not_here=[*(f"{each}/*.py" for each in inner), *_ELSEWHERE],
        beside=beside,
        tests=list(room.tests),
    )
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (place / "pyproject.toml").write_text(project + settings, encoding="utf-8")
    _forget_old_tests(place)
    return place


def _tracked() -> list[str]:
    """With what is new and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [name for name in found.split("\0") if name and (ROOT / name).is_file()]


def _copy(source: Path, target: Path) -> None:
    """What did not change keeps its age: mutmut makes mutants anew of what is younger."""
    content = source.read_bytes()
    if target.is_file() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    shutil.copymode(source, target)


def _remove_the_rest(place: Path, names: set[str]) -> None:
    """What was renamed or deleted since, in the copy and in its mutants."""
    for home in (place, place / "mutants"):
        for folder in (*_SOURCES, "tests"):
            for path in (home / folder).rglob("*.py"):
                if path.relative_to(home).as_posix() not in names:
                    path.unlink()
                    path.with_name(f"{path.name}.meta").unlink(missing_ok=True)


def _forget_old_data(place: Path, names: list[str]) -> None:
    """mutmut copies once what is no Python: words, pages, statements of the sources."""
    for name in names:
        if name.split("/")[0] in _SOURCES and not name.endswith(".py"):
            (place / "mutants" / name).unlink(missing_ok=True)


def _forget_old_tests(place: Path) -> None:
    """Which test runs which function is found out anew when a test has changed."""
    digest = hashlib.sha256()
    for path in sorted((place / "tests").rglob("*.py")):
        digest.update(path.read_bytes())
    known = place / "tests.sha256"
    if not known.exists() or known.read_text() != digest.hexdigest():
        (place / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
        (place / "survivors-stand").unlink(missing_ok=True)
        known.write_text(digest.hexdigest())
