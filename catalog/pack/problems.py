"""What is wrong with a brand pack, all of it at once."""

from collections import Counter
from dataclasses import dataclass

# A CSV with a million wrong lines must not become a million problems.
MOST_PER_FILE = 100


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One mistake; `file` is relative to the pack, `line` counts from 1, None is the whole file.
    `pointer` (RFC 6901) leads to it in a file that is keys and values, as far as there is one."""

    file: str
    line: int | None
    what: str
    expected: str
    pointer: str | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.what}" + (f"; expected {self.expected}" if self.expected else "")


class PackRefused(Exception):
    """The pack has mistakes; `problems` lists all of them, sorted by file and line."""

    def __init__(self, problems: list[PackProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Problems:
    """Collects mistakes while reading goes on."""

    def __init__(self) -> None:
        self._found: list[PackProblem] = []
        self._per_file: Counter[str] = Counter()

    def add(
        self,
        file: str,
        line: int | None,
        what: str,
        expected: str = "",
        pointer: str | None = None,
    ) -> None:
        self._per_file[file] += 1
        if self._per_file[file] <= MOST_PER_FILE:
            self._found.append(PackProblem(file, line, what, expected, pointer))

    def more(self, file: str, count: int) -> None:
        """So many that nobody is told of each."""
        self._per_file[file] += count

    def count(self, file: str) -> int:
        return self._per_file[file]

    def refuse_if_any(self) -> None:
        """Raises PackRefused when anything was added."""
        if not self._found:
            return
        found = sorted(self._found, key=lambda problem: (problem.file, problem.line or 0))
        for file, count in sorted(self._per_file.items()):
            if count > MOST_PER_FILE:
                more = count - MOST_PER_FILE
                found.append(PackProblem(file, None, f"{more} more mistakes in this file", ""))
        raise PackRefused(found)
