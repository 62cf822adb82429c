"""The files of a pack, walked once; nothing outside that walk can ever be opened.

A name in YAML is looked up in the list of walked files. So `../`, absolute paths, symlinks and
devices cannot lead out of the pack: they are simply not in the list. What came as one file is a
list of contents in memory, and no path at all.
"""

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal, Protocol

from catalog.entries.picture import decodes
from catalog.pack.problems import PackProblem, PackRefused, Problems

MOST_FILES = 50_000
_LEFT_ALONE = {"Thumbs.db", "desktop.ini", "art.yaml"}


class Content(Protocol):
    """A file: a path is one."""

    @property
    def name(self) -> str: ...

    def read_bytes(self) -> bytes: ...

    def open(self, mode: Literal["rb"]) -> BinaryIO: ...


@dataclass(frozen=True, slots=True)
class Held:
    """A file in memory."""

    name: str
    content: bytes

    def read_bytes(self) -> bytes:
        return self.content

    def open(self, mode: Literal["rb"]) -> BinaryIO:  # noqa: ARG002  as of a path
        return BytesIO(self.content)


class Folder:
    """Files of one pack by their path relative to it, with `/` between the parts. `decodes` says
    of the bytes of a picture whether they can be decoded."""

    def __init__(
        self,
        files: Mapping[str, tuple[Content, int]],
        problems: Problems,
        decodes: Callable[[bytes], bool] = decodes,
    ) -> None:
        self._files = files
        self._sizes = {name: size for name, (_, size) in files.items()}
        self._problems = problems
        self._used: set[str] = set()
        self.decodes = decodes

    def folders_in(self, parent: str) -> list[str]:
        """Names of the folders with at least one file under `parent`, sorted."""
        start = f"{parent}/"
        below = (name[len(start) :] for name in self._sizes if name.startswith(start))
        return sorted({name.split("/", 1)[0] for name in below if "/" in name})

    def files_in(self, parent: str, suffix: str) -> list[str]:
        """Files right in `parent` whose name ends with `suffix`, sorted, relative to the pack."""
        here = (name for name in self._sizes if name.rpartition("/")[0] == parent)
        return sorted(name for name in here if name.endswith(suffix))

    def has(self, name: str) -> bool:
        return name in self._sizes

    def find(self, name: str, *, largest: int, expected: str) -> Content | None:
        """A file that is there and has at most `largest` bytes; else a problem."""
        self._used.add(name)
        size = self._sizes.get(name)
        if size is None:
            self._problems.add(name, None, "is missing", expected)
        elif size > largest:
            what = f"has {size:,} bytes"
            self._problems.add(name, None, what, f"at most {largest:,} bytes")
        else:
            return self._files[name][0]
        return None

    def read_text(self, name: str, *, largest: int, expected: str) -> str | None:
        """UTF-8 with or without a BOM; line ends become \\n. None after a problem."""
        path = self.find(name, largest=largest, expected=expected)
        if path is None:
            return None
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self._problems.add(name, line, "is not UTF-8", "the file saved as UTF-8")
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def report_unused(self) -> None:
        """A file that nothing refers to is a mistake: a picture forgotten, a folder misspelt."""
        for name in self._sizes.keys() - self._used:
            last = PurePosixPath(name).name
            if last not in _LEFT_ALONE and not last.upper().startswith("README"):
                expected = "a file that the pack names, where docs/brand-pack.md puts it"
                self._problems.add(name, None, "is used by nothing", expected)


def walked(root: Path, problems: Problems) -> Folder:
    """What is on the disk. Raises PackRefused."""
    if not root.is_dir():
        raise PackRefused([PackProblem(str(root), None, "is not a folder", "a brand pack")])
    root, files = root.resolve(), dict[str, tuple[Content, int]]()
    for parent, folders, names in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(parent, name) for name in sorted([*folders, *names])):
            size = _size(path, path.relative_to(root).as_posix(), problems)
            if size is not None:
                files[path.relative_to(root).as_posix()] = (path, size)
        if len(files) > MOST_FILES:
            what = f"more than {MOST_FILES} files"
            raise PackRefused([PackProblem(".", None, what, "a brand pack, not a disk")])
    return Folder(files, problems)


def _size(path: Path, name: str, problems: Problems) -> int | None:
    """None for what is no file of the pack."""
    found = path.lstat()
    if stat.S_ISDIR(found.st_mode) or path.name.startswith("."):
        return None
    if stat.S_ISREG(found.st_mode):
        return found.st_size
    kind = "a symbolic link" if stat.S_ISLNK(found.st_mode) else "not an ordinary file"
    problems.add(name, None, f"is {kind}", "a copy of the file itself")
    return None


def held(
    files: Mapping[str, bytes], problems: Problems, decodes: Callable[[bytes], bool]
) -> Folder:
    """What is in memory."""
    found = {
        name: (Held(PurePosixPath(name).name, content), len(content))
        for name, content in files.items()
        if not PurePosixPath(name).name.startswith(".")
    }
    return Folder(found, problems, decodes)
