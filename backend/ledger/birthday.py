"""The schedule: a bonus for the birthdays of people with a card, once a year.

Birthdays lie sealed in the profiles, so once a day each is opened: a page of cards at a time.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.customers.person.profile import read_profile
from backend.ledger.accrue import give
from backend.ledger.card import cards_by_id
from backend.ledger.order import Order
from backend.platform.context import Context
from backend.platform.watch.use_case_log import log_of
from catalog.days import day_in
from catalog.ledger_rules import Birthday, rules_of
from models.card import Card, CardStatus
from models.consent_document import ConsentPurpose
from models.consent_state import ConsentState
from models.customer import Customer
from models.ledger import Posting, PostingKind
from models.program import ProcessorKind, Program
from models.refusal import Code, Refusal

PAGE = 500
# Whoever changes their birthday has had their bonus.
AGAIN_AFTER = timedelta(days=300)


async def give_birthdays(ctx: Context) -> int:
    """Everybody whose day it is, of programs where nobody has looked today; how many bonuses.
    Killed in between it begins the day anew and gives nothing twice."""
    # of all: birthdays come by the clock
    kept = Program.filter(processor=ProcessorKind.LEDGER).select_related("account")
    given = 0
    for program in await kept.order_by("id"):
        rules = rules_of(program)
        zone = ZoneInfo(program.account.timezone)
        today = day_in(zone, ctx.clock())
        if rules is None or rules.birthday is None or program.birthdays_on == today:
            continue
        given += await _of_program(ctx, program, rules.birthday, today)
        await Program.filter(id=program.id).update(birthdays_on=today)
    return given


async def _of_program(ctx: Context, program: Program, bonus: Birthday, today: date) -> int:
    given, last = 0, 0
    while True:
        held = Card.filter(program_id=program.id, id__gt=last, removed_at__isnull=True)
        page = (
            await held.filter(status=CardStatus.ACTIVE, customer__deleted_at__isnull=True)
            .select_related("customer")
            .order_by("id")
            .limit(PAGE)
        )
        agreed = await _agreed(program, page)
        for card in page:
            day = _due(ctx, card.customer, bonus, today) if card.customer_id in agreed else None
            if day is not None:
                given += await _give(ctx, program, card.id, bonus, day)
        if len(page) < PAGE:
            return given
        last = page[-1].id


async def _agreed(program: Program, cards: list[Card]) -> set[Any]:
    """Whose data may be used."""
    stands = ConsentState.filter(
        customer_id__in=[card.customer_id for card in cards],
        purpose=ConsentPurpose.PERSONAL_DATA,
        subject_id=program.account_id,
        granted=True,
    )
    return set(await stands.values_list("customer_id", flat=True))


def _due(ctx: Context, customer: Customer, bonus: Birthday, today: date) -> date | None:
    """The birthday that it is time for. A profile that cannot be read is one person's trouble."""
    try:
        born = read_profile(ctx, customer).get("birth_date")
        return due_birthday(date.fromisoformat(born), bonus, today) if born else None
    except Exception:  # noqa: BLE001  whatever it is, the others have their birthdays
        log_of(ctx, __name__).exception("a birthday cannot be read", customer=customer.id)
        return None


def due_birthday(born: date, bonus: Birthday, today: date) -> date | None:
    """The birthday whose days before and after include today."""
    for year in (today.year - 1, today.year, today.year + 1):
        day = birthday_in(born, year)
        first, end = timedelta(days=bonus.days_before), timedelta(days=bonus.days_after)
        if day - first <= today <= day + end:
            return day
    return None


def birthday_in(born: date, year: int) -> date:
    """Born on the 29th of February: on the 28th of other years."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


async def _give(ctx: Context, program: Program, card_id: int, bonus: Birthday, day: date) -> int:
    lately = Posting.filter(
        card_id=card_id, kind=PostingKind.BIRTHDAY, at__gt=ctx.clock() - AGAIN_AFTER
    )
    card = (await cards_by_id([card_id])).get(card_id)
    if card is None or await lately.exists():
        return 0
    order = Order(card, PostingKind.BIRTHDAY, f"~birthday:{day.year}", amount=bonus.points)
    try:
        posted = await give(ctx, order, _end(program, day + timedelta(days=bonus.days_after)))
    except Refusal as refusal:
        if refusal.code is not Code.CARD_NOT_FOUND:
            raise
        return 0
    return int(posted.new)


def _end(program: Program, last: date) -> datetime:
    """The first moment after that day, where the account is."""
    zone = ZoneInfo(program.account.timezone)
    return datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
