"""Bring the cards of another wallet along: every good row, and a word about every bad one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from backend.cards.pocket.add_external import Came, is_known, keep_identified
from backend.cards.pocket.external_identity import identify_old, identity_of
from backend.cards.pocket.owner_notes import LONGEST_NOTE, SIDES
from backend.cards.pocket.quota import MEGABYTE, MOST_CARDS, MOST_PICTURES, Quota, quota_of
from backend.exchange.shapes import LONGEST_VALUE, ExchangeCard, Imported, RowProblem, Why
from backend.exchange.symbologies import CATIMA
from backend.platform.context import Context
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
            if len(given.note) > LONGEST_NOTE:
                self.notes.append(RowProblem(0, Why.SHORTENED, "note", "", given.name))
        elif twice:
            self.problems.append(RowProblem(0, Why.TWICE, "", given.number, given.name))
        else:
            self.standing.append(given.name)


def _bare(given: ExchangeCard) -> RowProblem:
    """With a field when the symbology is drawn, but not with this value."""
    field = "barcode_value" if given.symbology in CATIMA else ""
    return RowProblem(0, Why.NO_BARCODE, field, given.symbology, given.name)


def _pictures(given: ExchangeCard) -> dict[str, bytes]:
    sides = {side: getattr(given, side) for side in SIDES}
    return {side: picture for side, picture in sides.items() if picture is not None}


def _fitting(room: Quota, given: ExchangeCard) -> tuple[ExchangeCard, list[RowProblem]]:
    """The card with the pictures that there is room for, and a word about each other one."""
    left, notes = room.picture_bytes, []
    without: dict[str, Any] = {}
    for side, picture in _pictures(given).items():
        left -= len(picture)
        if left < 0:
            without[side] = None
            most = str(MOST_PICTURES // MEGABYTE)
            notes.append(RowProblem(0, Why.NO_ROOM_PICTURE, side, most, given.name))
    return replace(given, **without), notes


async def import_cards(
    ctx: Context, customer: Customer, found: Imported, progress: Progress | None = None
) -> Report:
    """Each card in a transaction of its own: a process that dies halfway leaves whole cards,
    and importing the file again adds only what is missing."""
    report = Report(found.source, problems=list(found.problems), skipped=dict(found.skipped))
    room = await quota_of(customer)
    await identify_old(ctx, customer)
    seen: set[int] = set()
    came_in: set[str] = set()
    source = f"import-{found.source}"
    for number, given in enumerate(found.cards, 1):
        identity = identity_of(ctx, customer, given)
        if room.cards <= 0 and not await is_known(customer, identity):
            report.problems.append(RowProblem(0, Why.NO_ROOM, "", str(MOST_CARDS), given.name))
            continue
        fitting, left_out = _fitting(room, given)
        card, came = await keep_identified(ctx, customer, fitting, source, identity)
        report.tell(given, came, twice=card.id in seen)
        if came is Came.NEW:
            room.cards -= 1
            room.picture_bytes -= sum(len(picture) for picture in _pictures(fitting).values())
            report.notes += left_out
        seen.add(card.id)
        came_in |= {given.name[:LONGEST_VALUE]} if came is not Came.STANDING else set()
        if progress is not None and number % PROGRESS_EVERY == 0:
            await progress(number, len(found.cards))
    # What was put right in a row matters only if its card came in.
    report.notes[:0] = [note for note in found.notes if not note.name or note.name in came_in]
    return report
