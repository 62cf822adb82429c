"""A proven contact becomes the customer's: at once, or by «this is mine now» when it is
somebody else's. Never a silent merge."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.queryset import QuerySet

from backend.customers.contacts.recheck import clear_recheck, mark_recheck
from backend.customers.contacts.verify_ask import new_attempt
from backend.customers.contacts.verify_limits import lock
from backend.events.people import ContactLost, ContactVerified
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.questions.phone import shared_phone
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.refusal import Code, Refusal
from models.verification import Verification, VerificationState

# How long a proof waits for «this is mine now».
PROOF_LIFE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Proof:
    """`taken`: possession is proven, but the contact is verified by somebody else; say so and
    let the person confirm (take_over)."""

    verification_id: int
    kind: ContactKind
    taken: bool = False


async def prove_by_button(ctx: Context, customer: Customer, shared: str) -> Proof:
    """Telegram's contact button, the sender's own contact: that is proof. Refuses with
    invalid_answer when it is no phone number."""
    phone = shared_phone(shared)
    async with transaction():
        row = await new_attempt(
            ctx,
            customer,
            ContactKind.PHONE,
            phone,
            how="telegram",
            life=PROOF_LIFE,
            state=VerificationState.PROVEN,
        )
        proof = await settle(ctx, row)
    ctx.wake.set()
    return proof


async def settle(ctx: Context, row: Verification) -> Proof:
    """Inside a transaction, under the lock, for a row whose possession was just proven."""
    now = ctx.clock()
    taken = await _holders(row).exists()
    if taken:
        await Verification.filter(id=row.id).update(
            state=VerificationState.PROVEN, expires_at=now + PROOF_LIFE
        )
    else:
        await _make_verified(row, now)
    return Proof(row.id, row.kind, taken)


async def take_over(ctx: Context, customer: Customer, verification_id: int) -> Proof:
    """«This is mine now»: the proven contact leaves its old holder and becomes this person's.

    Again (a second tap) changes nothing. Refuses with proof_expired when the proof is too
    old, replaced, or somebody else's.
    """
    row = await Verification.get_or_none(id=verification_id, customer_id=customer.id)
    if row is None:
        raise Refusal(Code.PROOF_EXPIRED)
    async with transaction():
        await lock(customer.id, row.kind, row.blind_index)
        await row.refresh_from_db()
        if row.state is not VerificationState.USED:
            _check_proof(row, ctx.clock())
            await _hand_over(row, ctx.clock())
    ctx.wake.set()
    return Proof(row.id, row.kind)


def _check_proof(row: Verification, now: datetime) -> None:
    if row.state is not VerificationState.PROVEN or row.expires_at <= now:
        raise Refusal(Code.PROOF_EXPIRED)


async def _hand_over(row: Verification, now: datetime) -> None:
    for old in await _holders(row):
        await Contact.filter(id=old.id).update(verified_at=None, verified_by="")
        await mark_recheck(old.customer_id, row.kind, now)
        lost = ContactLost(customer_id=old.customer_id, kind=row.kind.value, verification_id=row.id)
        await announce(now, lost)
    await _make_verified(row, now)


def _holders(row: Verification) -> QuerySet[Contact]:
    """Who else has this contact verified: nobody or one."""
    return Contact.filter(
        kind=row.kind, blind_index=row.blind_index, verified_at__isnull=False
    ).exclude(customer_id=row.customer_id)


async def _make_verified(row: Verification, now: datetime) -> None:
    contact = await Contact.get_or_none(customer_id=row.customer_id, kind=row.kind)
    if contact is None:
        contact = Contact(customer_id=row.customer_id, kind=row.kind, created_at=now)
    contact.sealed, contact.blind_index = row.sealed, row.blind_index
    contact.verified_at, contact.verified_by, contact.bounced_at = now, row.how, None
    await contact.save()
    await Verification.filter(id=row.id).update(state=VerificationState.USED)
    await clear_recheck(row.customer_id, row.kind)
    verified = ContactVerified(
        customer_id=row.customer_id, kind=row.kind.value, verification_id=row.id
    )
    await announce(now, verified)
