"""Limits that outlive the person: deleting one's data is no way around them.

People are known by a keyed hash of their Telegram id, of a kind of its own: it is the same when
they come back, and leads to no other row that is kept of them.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from backend.identities import telegram_chat_of
from backend.platform.context import Context
from models.card_finding import NumberTry
from models.customer import Customer
from models.limit_mark import Limited, LimitMark
from models.verification import Verification

DAY = timedelta(days=1)
# What of the attempts to prove a contact was sent, by Verification.how.
SENT = ("sms", "link")


async def person_index(ctx: Context, customer: Customer) -> str:
    """Empty for somebody without a Telegram id: then there is nothing to come back by."""
    chat = await telegram_chat_of(customer.id)
    return "" if chat is None else ctx.vault.blind_index("limit", str(chat))


async def marked(what: Limited, index: str, since: datetime) -> list[datetime]:
    """When somebody who was deleted meanwhile did it, or had it sent to this contact."""
    if not index:
        return []
    found = LimitMark.filter(what=what, blind_index=index, at__gt=since)
    return [mark.at for mark in await found]


async def keep_marks(ctx: Context, customer: Customer, now: datetime) -> None:
    """Inside the transaction of a deletion, before the rows go."""
    person = await person_index(ctx, customer)
    sent = await Verification.filter(
        customer_id=customer.id, how__in=SENT, created_at__gt=now - DAY
    ).order_by("id")
    tried = await NumberTry.filter(customer_id=customer.id, tried_at__gt=now - DAY).order_by("id")
    await LimitMark.bulk_create([*_of_sent(sent, person), *_of_tries(tried, person)])


def _of_sent(sent: Iterable[Verification], person: str) -> Iterator[LimitMark]:
    for row in sent:
        what = Limited(row.kind.value)
        for of_person, index in ((False, row.blind_index), (True, person)):
            if index:
                yield LimitMark(
                    what=what, of_person=of_person, blind_index=index, at=row.created_at
                )


def _of_tries(tried: Iterable[NumberTry], person: str) -> Iterator[LimitMark]:
    for row in tried:
        if person:
            yield LimitMark(
                what=Limited.NUMBER, of_person=True, blind_index=person, at=row.tried_at
            )
