"""Bring the cards of another wallet along: every good row, and a word about every bad one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from backend.cards.keep_external import MOST_CARDS, keep_external
from backend.passes.exchange.shapes import Imported, RowProblem
from backend.platform.context import Context
from catalog.scope import wallet_of
from models.customer import Customer

# How often the person hears how far it is.
PROGRESS_EVERY = 25

Progress = Callable[[int, int], Awaitable[None]]


@dataclass(slots=True)
class Report:
    """What became of a file. `standing` cards were in the pocket before."""

    source: str
    added: int = 0
    standing: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)


async def import_cards(
    ctx: Context, customer: Customer, found: Imported, progress: Progress | None = None
) -> Report:
    """Each card in a transaction of its own: a process that dies halfway leaves whole cards,
    and importing the file again adds only what is missing."""
    report = Report(found.source, problems=list(found.problems), skipped=dict(found.skipped))
    room = MOST_CARDS - await wallet_of(customer.id).count()
    for number, given in enumerate(found.cards, 1):
        if report.added >= room:
            report.problems.append(RowProblem(0, f"no room for more than {MOST_CARDS} cards"))
            break
        _, new = await keep_external(ctx, customer, given, source=f"import-{found.source}")
        report.added += new
        report.standing += not new
        if progress is not None and number % PROGRESS_EVERY == 0:
            await progress(number, len(found.cards))
    return report
