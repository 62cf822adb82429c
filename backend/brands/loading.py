"""A pack on its way into the database: by whom, what came of it, and what was in the way."""

from collections import Counter
from dataclasses import dataclass, field

from backend.platform.context import Context
from catalog.pack.problems import Problems
from models.refusal import Code, Refusal


@dataclass(frozen=True, slots=True)
class Loading:
    """`own`: of one account, nothing of another's is moved (the operator's pack at the command line
    moves what it names). `approves`: people see at once what the pack says; without it that is
    asked for. Everything that only the database can tell goes to `problems`."""

    ctx: Context
    own: bool = False
    approves: bool = True
    loaded: Counter[str] = field(default_factory=Counter)
    problems: Problems = field(default_factory=Problems)

    def taken(self, file: str, refusal: Refusal) -> None:
        """Raises what is no key_taken again."""
        if refusal.code is not Code.KEY_TAKEN:
            raise refusal
        self.problems.add(file, None, "has a key that another account has", "a key of your own")
