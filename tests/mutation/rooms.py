"""Which tests are a package's own: the table in CONTRIBUTING.md, read."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_ROW = re.compile(r"^\| (`[a-z_/]+`) \| ((?:`tests/[a-z_/.]+`(?:, )?)+) \|$", re.MULTILINE)
_NAME = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Quota:
    """`package`: a folder such as backend/outbox; `tests`: folders and files below tests/."""

    package: str
    tests: tuple[str, ...]


class NoSuchRoom(LookupError):
    """No row of the table begins with that package."""


def all_rooms() -> list[Quota]:
    """In the order of the table."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return [
        Quota(package.strip("`"), tuple(_NAME.findall(tests)))
        for package, tests in _ROW.findall(text)
    ]


def rooms_of(word: str) -> list[Quota]:
    """`cards`, `cards/issue` or `backend/cards/issue`: the package and every room in it. Raises
    NoSuchRoom."""
    found = [room for room in all_rooms() if f"/{word}/" in f"/{room.package}/"]
    if not found:
        names = ", ".join(room.package for room in all_rooms())
        raise NoSuchRoom(f"no package {word!r} in the table of CONTRIBUTING.md, expected: {names}")
    return found
