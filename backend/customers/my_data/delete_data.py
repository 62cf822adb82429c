"""«Delete my data»: all or nothing, in one transaction.

What goes: everything that says who the person is, and the key under which it was sealed, so
that copies of the sealed values open no more. What stays, without a person: card numbers
(nobody else ever gets them), consent records, a keyed hash by which somebody who was written to
can still be shown what they agreed to, and for two days what was used up of the limits.
docs/privacy.md tells why.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from backend.cards.assign.end_assignment import end_meant_for
from backend.cards.pocket.wallet import cards_carried
from backend.consents.record import write_answers
from backend.consents.standing_answers import standing_answers
from backend.consents.withdrawal import after, withdrawals
from backend.customers.my_data.erase import erase_rows
from backend.customers.my_data.evidence import keep_evidence
from backend.customers.my_data.give_cards_back import give_cards_back
from backend.customers.person.limit_marks import keep_marks
from backend.customers.person.note_person import note_person
from backend.events.people import ConsentAnswered, CustomerDeleted
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.watch.use_case_log import log_of
from models.audit_entry import Verb
from models.customer import Customer

_NOBODY: Mapping[str, Any] = {
    "data_key": None,
    "profile": None,
    "city_id": None,
    "source": "",
    "hears_of_brands": False,
    "ads_digest": False,
}


@dataclass(frozen=True, slots=True)
class Deletion:
    """What was done, in numbers: nothing in it is about the person. `at` is ISO 8601, UTC.
    `cards` were in the wallet or its archive, `removed_before` had been taken out already."""

    customer_id: int
    at: str
    cards: int
    contacts: int
    applications: int
    messages: int
    other: int
    withdrawn: int
    removed_before: int = 0


async def delete_data(ctx: Context, customer_id: int) -> Deletion:
    """Delete, or tell what an earlier call did: a second tap changes nothing.

    Raises tortoise's DoesNotExist for an id that never was.
    """
    async with transaction():
        customer = await Customer.filter(id=customer_id).select_for_update().get()
        done = deletion_of(customer)
        if done is not None:
            return done
        done = await _delete(ctx, customer)
        await note_person(ctx, Verb.DELETE_CUSTOMER, customer_id)
    ctx.wake.set()
    log_of(ctx, __name__).info("a person's data is deleted", customer=customer_id)
    await _forget_the_journal()
    return done


def deletion_of(customer: Customer) -> Deletion | None:
    return Deletion(**customer.deletion) if customer.deletion is not None else None


async def _delete(ctx: Context, customer: Customer) -> Deletion:
    now, withdrawn = await _withdraw(ctx, customer)
    await end_meant_for(ctx, customer.id)
    await keep_evidence(ctx, customer, now)
    await keep_marks(ctx, customer, now)
    carried = await cards_carried(customer)
    numbers = await give_cards_back(ctx, customer, now)
    erased = await erase_rows(customer, now)
    done = Deletion(
        customer_id=customer.id,
        at=now.isoformat(),
        cards=carried,
        removed_before=erased.pop("cards") - carried,
        contacts=erased.pop("contacts"),
        applications=erased.pop("applications"),
        messages=erased.pop("messages"),
        other=sum(erased.values()),
        withdrawn=withdrawn,
    )
    row = Customer.filter(id=customer.id)
    await row.update(**_NOBODY, deleted_at=now, deletion=asdict(done))
    await announce(now, CustomerDeleted(customer_id=customer.id, numbers=numbers))
    return done


async def _withdraw(ctx: Context, customer: Customer) -> tuple[datetime, int]:
    """A record for every consent that stands: from here on nothing may rest on it."""
    given = [each for each in await standing_answers(customer.id, locked=True) if each.granted]
    now = after(ctx.clock(), given)
    answers = await withdrawals(ctx, customer.id, given)
    await write_answers(answers, customer.id, now)
    for account_id in sorted({each.account_id for each in given}):
        await announce(now, ConsentAnswered(customer_id=customer.id, account_id=account_id))
    return now, len(answers)


async def _forget_the_journal() -> None:
    """SQLite keeps old pages in its journal until it is written back: do it now. PostgreSQL
    takes dead rows away by itself (autovacuum). A reader at work only delays it."""
    if not is_postgres():
        await rows("PRAGMA wal_checkpoint(TRUNCATE)")
