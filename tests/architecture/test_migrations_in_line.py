"""Migrations stand in one line: two that follow the same one would leave a database half-way."""

import re

from tests.support.source import ROOT

DEPENDS = re.compile(r"dependencies = \[\(['\"]models['\"], ['\"](\w+)['\"]\)\]")
REMEDY = "give yours the next free number, and let it depend on the one before"


def test_each_migration_follows_the_one_before() -> None:
    files = sorted((ROOT / "models" / "migrations").glob("0*.py"))
    names = [path.stem for path in files]
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1)), REMEDY
    for before, path in zip(names, files[1:], strict=False):
        assert DEPENDS.findall(path.read_text()) == [before], f"{path.name}: {REMEDY}"
