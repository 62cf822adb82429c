"""Cards and owners of a program as 1С reads them: all there are, then what has changed.

The cursor begins with every card by its id ("all:20481:4711") and goes on with the feed ("4711"):
the number at the end is how far the feed had come when the walk began, so that nothing is passed
over. A card may come again, and is then as it stands now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from backend.cards.steer.told_card import ToldCard, told_cards
from backend.changes.read_feed import read_feed
from backend.customers.contacts.as_member import agrees, member_of
from backend.partners.member import Member
from backend.platform.context import Context
from catalog.tenant import Scope
from models.account import Account
from models.account_change import AccountChange, ChangeKind
from models.customer import Customer
from models.program import Program
from models.refusal import Code, Refusal

MOST = 200
_ALL = "all"
NAMES = (
    "id", "number", "barcode", "format", "state", "issued_at", "balance", "tier", "owner",
    "last_name", "first_name", "middle_name", "phone", "email", "birth_date", "sex", "city",
)  # fmt: skip
Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """`after` is where to read on, also when there is nothing more at the moment."""

    cards: Sequence[Record]
    after: str
    more: bool


async def tell_cards(
    ctx: Context, scope: Scope, program: Program, cursor: str, limit: int, *, owners: bool = True
) -> Part:
    """Owners while they let the account process their data, as far as the program asks for it.
    Refuses with cursor_expired, also for what was never a cursor."""
    kind, _, rest = cursor.partition(":")
    if cursor and kind != _ALL:
        return await _changed(ctx, scope, program, _number(cursor), limit, owners=owners)
    last, _, seq = rest.partition(":")
    begun = _number(seq) if cursor else await _end_of_feed(scope, program)
    found = scope.cards().filter(program_id=program.id, id__gt=_number(last) if cursor else 0)
    rows = await found.order_by("id").limit(limit + 1).values_list("id", flat=True)
    ids = [int(str(one)) for one in rows]
    told = await _told(ctx, scope, program, ids[:limit], owners=owners)
    more = len(ids) > limit
    return Part(told, f"{_ALL}:{ids[limit - 1]}:{begun}" if more else str(begun), more)


async def _changed(
    ctx: Context, scope: Scope, program: Program, after: int, limit: int, *, owners: bool
) -> Part:
    part = await read_feed(scope, program.account_id, after, limit)
    cards = {change.card_id for change in part.changes if change.card_id}
    people = {change.customer_id for change in part.changes if change.customer_id}
    theirs = scope.cards().filter(program_id=program.id, customer_id__in=sorted(people) or [0])
    cards |= {int(str(one)) for one in await theirs.values_list("id", flat=True)}
    told = await _told(ctx, scope, program, sorted(cards), owners=owners)
    gone = [record for change in part.changes for record in _gone(change, program)]
    return Part([*told, *gone], str(part.after), part.more)


async def _end_of_feed(scope: Scope, program: Program) -> int:
    feed = await scope.feeds().filter(account_id=program.account_id).first()
    return feed.seq if feed is not None else 0


async def _told(
    ctx: Context, scope: Scope, program: Program, ids: Sequence[int], *, owners: bool
) -> list[Record]:
    account = await Account.get(id=program.account_id)
    zone = ZoneInfo(account.timezone)
    found = [each for each in await told_cards(ctx, scope, ids) if each.program == program.key]
    known = await _members(ctx, program, found) if owners else {}
    return [_record(each, known.get(each.customer_id), zone) for each in found]


async def _members(ctx: Context, program: Program, found: Sequence[ToldCard]) -> dict[int, Member]:
    members = {}
    ids = [each.customer_id for each in found]
    for customer in await Customer.filter(id__in=ids or [0], deleted_at__isnull=True):
        if await agrees(customer.id, program.account_id):
            members[customer.id] = await member_of(ctx, customer, [program])
    return members


def _record(told: ToldCard, member: Member | None, zone: ZoneInfo) -> Record:
    record = {
        "id": str(told.id),
        "number": told.printed_number,
        "barcode": told.barcode_value,
        "format": told.barcode_format,
        "state": told.status if told.removed_at is None else "removed",
        "issued_at": told.created_at.astimezone(zone).isoformat(timespec="seconds"),
        "balance": "" if told.balance is None else f"{told.balance:.2f}",
        "tier": told.tier,
        "owner": str(told.customer_id),
    }
    return record | (_owner(member) if member is not None else {})


def _owner(member: Member) -> Record:
    return {
        "last_name": member.last_name,
        "first_name": member.first_name,
        "middle_name": member.middle_name,
        "phone": member.phone,
        "email": member.email,
        "birth_date": member.birth_date.isoformat() if member.birth_date else "",
        "sex": member.sex,
        "city": member.city,
    }


def _gone(change: AccountChange, program: Program) -> list[Record]:
    """Of somebody who has deleted their data only the number is known, and is to be forgotten."""
    if change.kind != ChangeKind.CUSTOMER_DELETED:
        return []
    numbers: Any = change.data.get("cards", [])
    return [
        {"number": each["number"], "state": "deleted", "owner": str(change.data["customer"])}
        for each in numbers
        if each.get("program") == program.key
    ]


def _number(text: Any) -> int:
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    raise Refusal(Code.CURSOR_EXPIRED)
