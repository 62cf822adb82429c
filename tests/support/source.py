"""The repository's files, for the checks that read them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "backend", "catalog", "models")
_NOT_OURS = ("__pycache__", "build", "dist", "node_modules", "venv")
_DOTTED = (".ci", ".github")


@dataclass(frozen=True, slots=True)
class Source:
    """A Python file; `path` is relative to the repository, with slashes."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text)


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file that belongs to the repository, none that was made by running it."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            hidden = path.name.startswith(".") and path.name not in _DOTTED
            if not hidden and path.name not in _NOT_OURS and path.suffix != ".egg-info":
                yield from files(path)
        elif path.suffix != ".pyc":
            yield path


def sources(*folders: str) -> list[Source]:
    """The Python files of these top-level folders; migrations are generated and left out."""
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text())
        for folder in folders or PRODUCT
        for path in files(ROOT / folder)
        if path.suffix == ".py" and "migrations" not in path.parts
    ]


def migrations() -> list[Source]:
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text())
        for path in files(ROOT / "models" / "migrations")
        if path.name.startswith("0")
    ]
