"""The schedule: birthdays, and points that end soon. Each trigger looks through the cards once a
day where its account is, a page in a transaction, and goes on where it stopped."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.customers.person.profile import read_profile
from backend.ledger.birthday import birthday_in
from backend.platform.context import Context
from backend.platform.database import loaded, rows, transaction
from backend.platform.dialect import moment
from backend.platform.watch.use_case_log import log_of
from backend.triggers.cause import Cause, named
from backend.triggers.waits import put_waits
from catalog.days import day_in
from catalog.points_text import points_text
from models.card import Card, CardStatus
from models.consent_document import ConsentPurpose
from models.consent_state import ConsentState
from models.message import Message
from models.trigger import Trigger, TriggerEvent

PAGE = 500
# A birthday is told up to so many days late: a schedule may have stood still.
LATE_DAYS = 2
# Whoever changes their birthday has been told.
AGAIN_AFTER = timedelta(days=300)
# of all: days come for every brand
_ON = """
SELECT t.*, b.program_id, p.account_id, a.timezone FROM triggers t
JOIN brands b ON b.id = t.brand_id JOIN programs p ON p.id = b.program_id
JOIN accounts a ON a.id = p.account_id
WHERE t.is_on AND t.event IN ('birthday', 'points_expiring')
    AND (t.starts_at IS NULL OR t.starts_at <= $1) AND (t.ends_at IS NULL OR t.ends_at > $1)
ORDER BY t.id
"""
# of all: the cards of the trigger's own program
_ENDING = """
SELECT k.id, k.customer_id, SUM(l.remains) AS points, MIN(l.expires_at) AS ends
FROM cards k JOIN point_lots l ON l.card_id = k.id AND l.remains > 0
    AND l.expires_at > $3 AND l.expires_at <= $4
WHERE k.program_id = $1 AND k.id > $2 AND k.removed_at IS NULL
GROUP BY k.id, k.customer_id ORDER BY k.id LIMIT $5
"""


class Day:
    """What a trigger looks for today, where its account is."""

    def __init__(self, row: Mapping[str, Any], now: datetime) -> None:
        self.program_id, self.account_id = row["program_id"], row["account_id"]
        self.zone = ZoneInfo(row["timezone"])
        self.today = day_in(self.zone, now)
        names = {name: row[name] for name in Trigger._meta.db_fields}  # noqa: SLF001
        self.trigger = loaded(Trigger, names)

    def morning(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


# The causes among the cards after the id, and the id of the last, None when there are no more.
Found = tuple[list[Cause], int | None]
Look = Callable[[Context, Day, int], Awaitable[Found]]


async def announce_days(ctx: Context) -> int:
    """One page of every trigger that has not looked through today; how many pages were read."""
    pages = 0
    for row in await rows(_ON, [ctx.clock()]):
        day = Day(row, ctx.clock())
        trigger = day.trigger
        if trigger.looked_on != day.today or trigger.looked_up_to is not None:
            pages += 1
            await _page(ctx, day)
    if pages:
        ctx.wake.set()
    return pages


async def _page(ctx: Context, day: Day) -> None:
    same = day.trigger.looked_on == day.today
    look = _LOOKS[day.trigger.event]
    causes, last = await look(ctx, day, (day.trigger.looked_up_to or 0) if same else 0)
    async with transaction():
        # of all: the trigger in hand
        held = await Trigger.filter(id=day.trigger.id).select_for_update().get()
        if not held.is_on:
            return
        await put_waits(ctx.clock(), held, causes)
        held.looked_on, held.looked_up_to = day.today, last
        await held.save(update_fields=["looked_on", "looked_up_to"])


async def _birthdays(ctx: Context, day: Day, after: int) -> Found:
    held = Card.filter(program_id=day.program_id, id__gt=after, removed_at__isnull=True)
    usable = held.filter(status=CardStatus.ACTIVE, customer__deleted_at__isnull=True)
    page = await usable.select_related("customer").order_by("id").limit(PAGE)
    agreed = await _agreed(day, page)
    causes = []
    for card in page:
        birthday = _due(ctx, card, day) if card.customer_id in agreed else None
        if birthday is not None:
            causes.append(_of_birthday(card, day, birthday))
    told = await _told_lately(ctx, day.trigger, [cause.customer_id for cause in causes])
    fresh = [cause for cause in causes if cause.customer_id not in told]
    return fresh, page[-1].id if len(page) == PAGE else None


def _of_birthday(card: Card, day: Day, birthday: date) -> Cause:
    once = named("birthday", card.customer_id, birthday.year)
    due = day.morning(birthday - timedelta(days=day.trigger.options["days_before"]))
    return Cause(card.customer_id, once, due, card.id, data={"day": birthday.isoformat()})


def _due(ctx: Context, card: Card, day: Day) -> date | None:
    """A profile that cannot be read is one person's trouble."""
    try:
        text = read_profile(ctx, card.customer).get("birth_date")
        return _birthday_due(date.fromisoformat(text), day) if text else None
    except Exception:  # noqa: BLE001  whatever it is, the others have their birthdays
        log_of(ctx, __name__).exception("a birthday cannot be read", customer=card.customer_id)
        return None


def _birthday_due(born: date, day: Day) -> date | None:
    """The birthday that it is time for, or was in the last days."""
    for year in (day.today.year, day.today.year + 1):
        birthday = birthday_in(born, year)
        due = birthday - timedelta(days=day.trigger.options["days_before"])
        if timedelta() <= day.today - due <= timedelta(days=LATE_DAYS):
            return birthday
    return None


async def _agreed(day: Day, cards: Sequence[Card]) -> set[Any]:
    """Whose data may be used."""
    stands = ConsentState.filter(
        customer_id__in=[card.customer_id for card in cards],
        purpose=ConsentPurpose.PERSONAL_DATA,
        subject_id=day.account_id,
        granted=True,
    )
    return set(await stands.values_list("customer_id", flat=True))


async def _told_lately(ctx: Context, trigger: Trigger, people: Sequence[int]) -> set[Any]:
    lately = Message.filter(
        trigger_id=trigger.id, customer_id__in=people, created_at__gt=ctx.clock() - AGAIN_AFTER
    )
    return set(await lately.values_list("customer_id", flat=True))


async def _ending(ctx: Context, day: Day, after: int) -> Found:
    now, last = ctx.clock(), day.today + timedelta(days=day.trigger.options["days_before"] + 1)
    given = [day.program_id, after, now, day.morning(last), PAGE]
    found = await rows(_ENDING, given)
    causes = [_of_points(day, row) for row in found]
    return causes, found[-1]["id"] if len(found) == PAGE else None


def _of_points(day: Day, row: Mapping[str, Any]) -> Cause:
    """Once for the day on which the first of them end."""
    ends = moment(row["ends"]).astimezone(day.zone).date()
    once = named("expiring", row["id"], ends)
    data = {"expiring": points_text(int(row["points"])), "day": ends.isoformat()}
    return Cause(row["customer_id"], once, day.morning(day.today), row["id"], "", data)


_LOOKS: Mapping[TriggerEvent, Look] = {
    TriggerEvent.BIRTHDAY: _birthdays,
    TriggerEvent.POINTS_EXPIRING: _ending,
}
