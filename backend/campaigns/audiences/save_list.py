"""Keep a list of cards by their numbers: as cards of the account's, and nothing of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.brands.keys import check_key
from backend.campaigns.audiences.unknown_in import named_lists
from backend.platform.context import Context
from backend.platform.database import among, among_texts, rows, transaction
from backend.platform.watch.audit import note
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.refusal import Code, Refusal
from models.segment import CardList

MOST_LISTS = 200
MOST_NUMBERS = 200_000
_AT_ONCE = 5000
# of all: of programs in hand. Each by an index of its own.
_FOUND = """
SELECT id, printed_number, barcode_value FROM cards
WHERE program_id {programs} AND barcode_value {values} AND removed_at IS NULL
UNION
SELECT id, printed_number, barcode_value FROM cards
WHERE program_id {programs} AND printed_number {numbers} AND removed_at IS NULL
"""
# of all: of the list in hand
_EMPTY = "DELETE FROM listed_cards WHERE list_id = $1"
_ADD = """
INSERT INTO listed_cards (list_id, card_id) SELECT $1, id FROM cards WHERE id {cards}
ON CONFLICT (list_id, card_id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Listing:
    """`numbers` as people read them or as they are scanned; None leaves the cards as they are."""

    key: str
    name: str | None
    numbers: Sequence[str] | None


async def save_list(ctx: Context, scope: Scope, account_id: int, listing: Listing) -> CardList:
    """What stood in it before is gone. Refuses with key_invalid and too_many_lists."""
    check_key(listing.key)
    async with transaction():
        row = await _row(ctx, scope, account_id, listing)
        if listing.name is not None:
            row.name = listing.name
        if listing.numbers is not None:
            row.cards, row.unknown = await _replace(scope, row, listing.numbers)
        row.changed_at = ctx.clock()
        await row.save()
        await note(ctx, Verb.SAVE_LIST, "card_list", row.id, row.cards, account_id=account_id)
    return row


async def _row(ctx: Context, scope: Scope, account_id: int, listing: Listing) -> CardList:
    """Locked; made when there is none."""
    await scope.own_accounts().filter(id=account_id).select_for_update()
    mine = scope.card_lists().filter(account_id=account_id)
    row = await mine.filter(key=listing.key).select_for_update().first()
    if row is not None:
        return row
    if await mine.count() >= MOST_LISTS:
        raise Refusal(Code.TOO_MANY_LISTS, most=MOST_LISTS)
    now = ctx.clock()
    return await CardList.create(
        account_id=account_id, key=listing.key, name=listing.name or listing.key,
        created_at=now, changed_at=now,
    )  # fmt: skip


async def _replace(scope: Scope, row: CardList, numbers: Sequence[str]) -> tuple[int, int]:
    """How many cards it has, and how many numbers are of no card that somebody carries."""
    owned = scope.programs().filter(account_id=row.account_id)
    programs = [int(str(one)) for one in await owned.values_list("id", flat=True)]
    await rows(_EMPTY, [row.id])
    wanted, unknown, cards = list(dict.fromkeys(numbers)), 0, set[int]()
    for begin in range(0, len(wanted), _AT_ONCE):
        some = wanted[begin : begin + _AT_ONCE]
        found = await _cards(programs, some)
        known = {each[side] for each in found for side in ("printed_number", "barcode_value")}
        unknown += sum(known.isdisjoint(_spelled(number)) for number in some)
        ids = sorted({each["id"] for each in found})
        await rows(_ADD.format(cards=among(2)), [row.id, ids])
        cards.update(ids)
    return len(cards), unknown


async def _cards(programs: list[int], numbers: Sequence[str]) -> list[dict[str, Any]]:
    values = sorted({text for number in numbers for text in _spelled(number)})
    statement = _FOUND.format(programs=among(1), values=among_texts(2), numbers=among_texts(3))
    return await rows(statement, [programs, values, list(numbers)])


def _spelled(number: str) -> set[str]:
    """As it stands, and as it is scanned."""
    return {number, number.replace(" ", "")}


async def list_of(scope: Scope, account_id: int, key: str, *, locked: bool = False) -> CardList:
    """Refuses with list_not_found, also when it is another account's."""
    found = scope.card_lists().filter(account_id=account_id, key=key)
    row = await (found.select_for_update() if locked else found).first()
    if row is None:
        raise Refusal(Code.LIST_NOT_FOUND)
    return row


async def drop_list(ctx: Context, scope: Scope, account_id: int, key: str) -> None:
    """Refuses with list_not_found, and with list_in_use while a segment asks for it."""
    async with transaction():
        row = await list_of(scope, account_id, key, locked=True)
        kept = scope.segments().filter(account_id=account_id, archived_at__isnull=True)
        for segment in await kept:
            if key in named_lists(segment.tree):
                raise Refusal(Code.LIST_IN_USE, segment=segment.key)
        await rows(_EMPTY, [row.id])
        await row.delete()
        await note(ctx, Verb.DROP_LIST, "card_list", row.id, account_id=account_id)
