"""How often a code or a link may be sent: counted in SQL, so that a lost Redis resets nothing.

Per number or address whoever asks (a flood from many accounts ends here), per person, and
for the whole service per hour, so that nobody can run up the bill. What people used up whose data
was deleted since counts too (limit_marks.py).
"""

import math
from datetime import datetime, timedelta
from itertools import chain

from tortoise.queryset import QuerySet

from backend.customers.person.limit_marks import DAY, SENT, marked, person_index
from backend.customers.person.lock import lock_person
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows
from models.contact import ContactKind
from models.customer import Customer
from models.limit_mark import Limited, LimitMark
from models.refusal import Code, Refusal
from models.verification import Verification

RESEND = timedelta(seconds=60)
HOUR = timedelta(hours=1)
# (within, how many)
PER_CONTACT = ((HOUR, 3), (DAY, 6))
PER_PERSON = ((HOUR, 5), (DAY, 10))
WHOLE_SERVICE_PER_HOUR = 1000


async def lock(customer_id: int, kind: ContactKind, index: str) -> None:
    """Inside a transaction: one attempt at a time per person and per contact, always in this
    order."""
    await lock_person(customer_id)
    await lock_contact(kind, index)


async def lock_contact(kind: ContactKind, index: str) -> None:
    """SQLite has one writer anyway."""
    if is_postgres():
        key = f"{kind.value}:{index}"
        await rows("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [key])


async def check_limits(ctx: Context, customer: Customer, kind: ContactKind, index: str) -> None:
    """Under the lock. Refuses with code_too_soon (seconds) or too_many_codes (minutes)."""
    now, what = ctx.clock(), Limited(kind.value)
    sent = Verification.filter(kind=kind, how__in=SENT, created_at__gt=now - DAY)
    to_contact = _newest_first(
        await _times(sent.filter(blind_index=index)), await marked(what, index, now - DAY)
    )
    if to_contact and to_contact[0] > now - RESEND:
        wait = to_contact[0] + RESEND - now
        raise Refusal(Code.CODE_TOO_SOON, seconds=math.ceil(wait.total_seconds()))
    _check(now, to_contact, PER_CONTACT)
    by_person = _newest_first(
        await _times(sent.filter(customer_id=customer.id)),
        await marked(what, await person_index(ctx, customer), now - DAY),
    )
    _check(now, by_person, PER_PERSON)
    gone = LimitMark.filter(what=what, of_person=False, at__gt=now - HOUR)
    in_all = await sent.filter(created_at__gt=now - HOUR).count() + await gone.count()
    if in_all >= WHOLE_SERVICE_PER_HOUR:
        raise Refusal(Code.TOO_MANY_CODES, minutes=60)


async def _times(sent: QuerySet[Verification]) -> list[datetime]:
    """The limits bound how many there are."""
    found: list[datetime] = await sent.values_list("created_at", flat=True)  # type: ignore[assignment]
    return found


def _newest_first(*times: list[datetime]) -> list[datetime]:
    return sorted(chain(*times), reverse=True)


def _check(now: datetime, times: list[datetime], limits: tuple[tuple[timedelta, int], ...]) -> None:
    for within, most in limits:
        if len(times) >= most and times[most - 1] > now - within:
            wait = times[most - 1] + within - now
            raise Refusal(Code.TOO_MANY_CODES, minutes=math.ceil(wait.total_seconds() / 60))
