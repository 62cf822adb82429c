"""What the files of one account have around them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from catalog.entries.program import ProgramEntry
from catalog.entries.values.around import Around
from catalog.entries.values.key import EXPECTED, is_key
from catalog.pack.folder import Folder
from catalog.pack.problems import Problems


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`home` is the account's folder relative to the pack. `programs` are the account's by their
    keys, None for one whose file has mistakes."""

    home: str
    folder: Folder
    problems: Problems
    around: Around
    programs: Mapping[str, ProgramEntry | None]


def check_key(path: str, problems: Problems) -> str:
    """The key that a folder or a file is called by; a name that is none is told."""
    key = PurePosixPath(path).name.removesuffix(".yaml")
    if not is_key(key):
        problems.add(path, None, f"the name {key!r} is no key", EXPECTED)
    return key
