"""What accounts may ask of people when they say who is meant, made of what lies sealed.

A row stands for an account exactly while the person lets it process their data and carries a card
of a program of it that asks: what was not asked is not in it. Rows are made anew of what stands, in
the person's turn, so that it does not matter in which order things happened or how often this runs.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date
from typing import Any, NamedTuple

from backend.customers.person.profile import read_profile
from backend.platform.context import Context
from backend.platform.database import among, is_postgres, places, rows, transaction
from backend.platform.dialect import parsed
from backend.platform.watch.use_case_log import log_of
from catalog.days import day_in
from catalog.questions.question import FieldType
from catalog.traits import band_of, birthday_after, month_day
from models.customer import Customer

BATCH = 200
# Of a program that asks for them something can be told.
ASKED = frozenset({FieldType.BIRTH_DATE.value, FieldType.GENDER.value})
_TURN = "SELECT id FROM customers WHERE id {people} ORDER BY id{lock}"
# of all: of the people in hand, whichever accounts they deal with
_DEALS = """
SELECT DISTINCT k.customer_id, k.program_id FROM cards k JOIN programs p ON p.id = k.program_id
JOIN consent_states s ON s.customer_id = k.customer_id AND s.purpose = 'personal_data'
    AND s.subject_id = p.account_id AND s.channel = '' AND s.granted
WHERE k.customer_id {people} AND k.removed_at IS NULL
"""
# of all: of the programs in hand
_PROGRAMS = "SELECT id, account_id, questionnaire FROM programs WHERE id {programs}"
# of all: of the people in hand
_STANDING = """
SELECT id, account_id, customer_id, age, gender, birthday, look_at FROM traits
WHERE customer_id {people}
"""
# of all: rows in hand
_DROP = "DELETE FROM traits WHERE id {ids}"
# of all: of the people in hand
_PUT = """
INSERT INTO traits (account_id, customer_id, age, gender, birthday, look_at) VALUES {rows}
ON CONFLICT (account_id, customer_id) DO UPDATE SET age = EXCLUDED.age, gender = EXCLUDED.gender,
    birthday = EXCLUDED.birthday, look_at = EXCLUDED.look_at
"""
_AT_ONCE = 500


class Traits(NamedTuple):
    age: int | None = None
    gender: str | None = None
    birthday: int | None = None
    look_at: date | None = None


Key = tuple[int, int]


async def look_at_traits(ctx: Context, customer_ids: Collection[int]) -> None:
    """Of BATCH people at most, as they are now. Writes what is another one than before."""
    people = sorted(set(customer_ids))
    async with transaction():
        lock = " FOR NO KEY UPDATE" if is_postgres() else ""
        await rows(_TURN.format(people=among(1), lock=lock), [people])
        wanted = await _wanted(ctx, people)
        stands = await rows(_STANDING.format(people=among(1)), [people])
        await _drop([row["id"] for row in stands if _key(row) not in wanted])
        known = {_key(row): _kept(row) for row in stands}
        await _put({key: each for key, each in wanted.items() if known.get(key) != each})


async def _wanted(ctx: Context, people: list[int]) -> dict[Key, Traits]:
    """By account and customer."""
    asked = await _asked(people)
    found = await Customer.filter(id__in=list(asked) or [0], deleted_at__isnull=True)
    today = day_in(UTC, ctx.clock())
    return {
        (account_id, customer.id): traits_of(profile, names, today)
        for customer in found
        for profile in [_profile(ctx, customer)]
        for account_id, names in asked[customer.id].items()
    }


async def _asked(people: list[int]) -> dict[int, dict[int, set[str]]]:
    """By customer and account: what its programs have asked of whoever lets it."""
    deals = await rows(_DEALS.format(people=among(1)), [people])
    ids = sorted({row["program_id"] for row in deals})
    programs = {row["id"]: row for row in await rows(_PROGRAMS.format(programs=among(1)), [ids])}
    found: dict[int, dict[int, set[str]]] = {}
    for deal in deals:
        program = programs[deal["program_id"]]
        names = asked_by(parsed(program["questionnaire"]))
        if names:
            accounts = found.setdefault(deal["customer_id"], {})
            accounts.setdefault(program["account_id"], set()).update(names)
    return found


def asked_by(questionnaire: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return ASKED & {str(field["type"]) for field in questionnaire}


def traits_of(profile: Mapping[str, Any], asked: Collection[str], today: date) -> Traits:
    age, birthday, look_at = None, None, None
    if FieldType.BIRTH_DATE.value in asked and profile.get("birth_date"):
        born = date.fromisoformat(profile["birth_date"])
        age, birthday = band_of(born, today).first, month_day(born)
        look_at = birthday_after(today, birthday)
    gender = profile.get("gender") if FieldType.GENDER.value in asked else None
    return Traits(age, gender, birthday, look_at)


def _profile(ctx: Context, customer: Customer) -> Mapping[str, Any]:
    """Of a profile that cannot be read nothing is told: it is one person's trouble."""
    try:
        return read_profile(ctx, customer)
    except Exception:  # noqa: BLE001  whatever it is, the others have theirs
        log_of(ctx, __name__).exception("a profile cannot be read", customer=customer.id)
        return {}


def _key(row: Mapping[str, Any]) -> Key:
    return row["account_id"], row["customer_id"]


def _kept(row: Mapping[str, Any]) -> Traits:
    look_at = row["look_at"]
    day = date.fromisoformat(look_at) if isinstance(look_at, str) else look_at
    return Traits(row["age"], row["gender"], row["birthday"], day)


async def _drop(ids: list[int]) -> None:
    if ids:
        await rows(_DROP.format(ids=among(1)), [ids])


async def _put(found: Mapping[Key, Traits]) -> None:
    lines = [[*key, *each] for key, each in sorted(found.items())]
    for begin in range(0, len(lines), _AT_ONCE):
        some = lines[begin : begin + _AT_ONCE]
        await rows(
            _PUT.format(rows=places(len(some), 6)), [value for line in some for value in line]
        )


# of all: of one person
_FORGET = (
    "DELETE FROM traits WHERE customer_id = $1 AND account_id = $2",
    "DELETE FROM attributes WHERE customer_id = $1 AND account_id = $2",
    """DELETE FROM listed_cards WHERE list_id IN (SELECT id FROM card_lists WHERE account_id = $2)
    AND card_id IN (SELECT id FROM cards WHERE customer_id = $1)""",
)


async def forget_told(customer_id: int, account_id: int) -> None:
    """Inside the transaction that takes the consent back: by what the account has chosen the
    person goes, whether it was made here or told by its own system."""
    for statement in _FORGET:
        await rows(statement, [customer_id, account_id])
