"""Mutants that no test can tell from the code, each with its reason: equivalent.txt, read."""

import re
from dataclasses import dataclass
from pathlib import Path

_SQL = re.compile(
    r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|SET|FROM|WHERE|AND|JOIN|VALUES|ORDER|RETURNING)\b",
    re.IGNORECASE,
)
LIST = Path(__file__).with_name("equivalent.txt")


@dataclass(frozen=True, slots=True)
class Change:
    """`function` with its module; the lines that the mutant takes away and adds, stripped."""

    function: str
    removed: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def only_letter_case_of_sql(self) -> bool:
        """A statement in other letters is the same statement; a text inside it would not be."""
        before, after = "\n".join(self.removed), "\n".join(self.added)
        same = before.casefold() == after.casefold() and before != after
        return same and "'" not in before and _SQL.search(before) is not None


def change_of(function: str, diff: str) -> Change:
    """Of a unified diff."""
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
    return Change(
        function,
        tuple(line[1:].strip() for line in lines if line.startswith("-")),
        tuple(line[1:].strip() for line in lines if line.startswith("+")),
    )


def equivalents() -> dict[Change, str]:
    """Change → reason. Each entry: `# reason` lines, the function, its - and + lines; entries are
    parted by empty lines."""
    found: dict[Change, str] = {}
    for entry in LIST.read_text(encoding="utf-8").split("\n\n"):
        lines = entry.strip().splitlines()
        reason = " ".join(line[1:].strip() for line in lines if line.startswith("#"))
        rest = [line for line in lines if not line.startswith("#")]
        if rest:
            found[change_of(rest[0], "\n".join(rest[1:]))] = reason
    return found
