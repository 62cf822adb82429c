"""Bring the cards of another wallet along: every good row, and a word about every bad one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from backend.cards.identity import identify_old, identity_of
from backend.cards.keep_external import MOST_CARDS, Came, keep_identified
from backend.passes.exchange.shapes import ExchangeCard, Imported, RowProblem, Why
from backend.passes.exchange.symbologies import CATIMA
from backend.platform.context import Context
from catalog.scope import wallet_of
from models.customer import Customer

# How often the person hears how far it is.
PROGRESS_EVERY = 25

Progress = Callable[[int, int], Awaitable[None]]


@dataclass(slots=True)
class Report:
    """What became of a file. `standing` are the names of cards that were in the pocket before,
    `problems` what was not taken, `notes` what was changed in what was."""

    source: str
    added: int = 0
    standing: list[str] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    notes: list[RowProblem] = field(default_factory=list)

    def tell(self, given: ExchangeCard, came: Came, *, twice: bool) -> None:
        if came is not Came.STANDING:
            self.added += 1
            if given.symbology and given.barcode_format is None:
                self.notes.append(_bare(given))
        elif twice:
            self.problems.append(RowProblem(0, Why.TWICE, "", given.number, given.name))
        else:
            self.standing.append(given.name)


def _bare(given: ExchangeCard) -> RowProblem:
    """With a field when the symbology is drawn, but not with this value."""
    field = "barcode_value" if given.symbology in CATIMA else ""
    return RowProblem(0, Why.NO_BARCODE, field, given.symbology, given.name)


async def import_cards(
    ctx: Context, customer: Customer, found: Imported, progress: Progress | None = None
) -> Report:
    """Each card in a transaction of its own: a process that dies halfway leaves whole cards,
    and importing the file again adds only what is missing."""
    report = Report(found.source, 0, [], list(found.problems), dict(found.skipped), found.notes[:])
    room = MOST_CARDS - await wallet_of(customer.id).count()
    await identify_old(ctx, customer)
    seen: set[int] = set()
    source = f"import-{found.source}"
    for number, given in enumerate(found.cards, 1):
        if report.added >= room:
            report.problems.append(RowProblem(0, Why.NO_ROOM, "", str(MOST_CARDS), given.name))
            break
        identity = identity_of(ctx, customer, given)
        card, came = await keep_identified(ctx, customer, given, source, identity)
        report.tell(given, came, twice=card.id in seen)
        seen.add(card.id)
        if progress is not None and number % PROGRESS_EVERY == 0:
            await progress(number, len(found.cards))
    return report
