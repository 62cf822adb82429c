"""The files of a pack, walked once; nothing outside that walk can ever be opened.

A name in YAML is looked up in the list of walked files. So `../`, absolute paths, symlinks and
devices cannot lead out of the pack: they are simply not in the list.
"""

import os
import stat
from pathlib import Path, PurePosixPath

from catalog.pack.problems import PackProblem, PackRefused, Problems

MOST_FILES = 50_000
_LEFT_ALONE = {"Thumbs.db", "desktop.ini", "art.yaml"}


class Folder:
    """Regular files of one pack by their path relative to it, with `/` between the parts."""

    def __init__(self, root: Path, problems: Problems) -> None:
        if not root.is_dir():
            raise PackRefused([PackProblem(str(root), None, "is not a folder", "a brand pack")])
        self.root = root.resolve()
        self._problems = problems
        self._sizes: dict[str, int] = {}
        self._used: set[str] = set()
        self._walk()

    def _walk(self) -> None:
        for parent, folders, names in os.walk(self.root, followlinks=False):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted([*folders, *names]):
                self._take(Path(parent, name))
            if len(self._sizes) > MOST_FILES:
                what = f"more than {MOST_FILES} files"
                raise PackRefused([PackProblem(".", None, what, "a brand pack, not a disk")])

    def _take(self, path: Path) -> None:
        name = path.relative_to(self.root).as_posix()
        found = path.lstat()
        if stat.S_ISDIR(found.st_mode) or path.name.startswith("."):
            return
        if stat.S_ISREG(found.st_mode):
            self._sizes[name] = found.st_size
        else:
            kind = "a symbolic link" if stat.S_ISLNK(found.st_mode) else "not an ordinary file"
            self._problems.add(name, None, f"is {kind}", "a copy of the file itself")

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

    def find(self, name: str, *, largest: int, expected: str) -> Path | None:
        """The path of a file that is there and has at most `largest` bytes; else a problem."""
        self._used.add(name)
        size = self._sizes.get(name)
        if size is None:
            self._problems.add(name, None, "is missing", expected)
        elif size > largest:
            what = f"has {size:,} bytes"
            self._problems.add(name, None, what, f"at most {largest:,} bytes")
        else:
            return self.root / name
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
