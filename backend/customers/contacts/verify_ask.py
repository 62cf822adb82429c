"""Ask for a code by SMS or for a link by e-mail. The sending itself is a reaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.customers.contacts.verify_limits import RESEND, check_limits, lock
from backend.customers.person.profile import open_contact
from backend.events.event import Event
from backend.events.people import CodeAsked, LinkAsked
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.secrets.vault import Sealed
from catalog.questions.phone import check_takes_code, country_of, typed_phone
from models.contact import Contact, ContactKind, contact_place
from models.customer import Customer
from models.refusal import Code, Refusal
from models.verification import Verification, VerificationState

CODE_LIFE = timedelta(minutes=10)
LINK_LIFE = timedelta(hours=48)
_HOW = {ContactKind.PHONE: ("sms", CODE_LIFE), ContactKind.EMAIL: ("link", LINK_LIFE)}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is on its way: `value` is the number or address, the times are UTC."""

    verification_id: int
    value: str
    resend_at: datetime
    expires_at: datetime


async def number_for_code(ctx: Context, customer: Customer, typed: str) -> str:
    """E.164 of a typed number that a code may go to; nothing is sent yet. Refuses with
    invalid_answer (why: wrong, landline, toll_free, no_sms or country)."""
    confirmed = await _confirmed_phone(ctx, customer)
    home = country_of(confirmed) if confirmed else ""
    phone = typed_phone(typed, home or ctx.sms_countries[0])
    if phone != confirmed:
        check_takes_code(phone, ctx.sms_countries)
    return phone


async def is_confirmed(ctx: Context, customer: Customer, phone: str) -> bool:
    """Whether this person has proven this very number: no code is needed then."""
    return await _confirmed_phone(ctx, customer) == phone


async def _confirmed_phone(ctx: Context, customer: Customer) -> str:
    contact = await Contact.get_or_none(
        customer_id=customer.id, kind=ContactKind.PHONE, verified_at__isnull=False
    )
    return "" if contact is None else open_contact(ctx, customer, contact)


async def ask_code(ctx: Context, customer: Customer, typed: str) -> Asked:
    """A code to a typed number; an earlier code stops working. Refuses like number_for_code,
    and with code_too_soon or too_many_codes."""
    phone = await number_for_code(ctx, customer, typed)
    return await _ask(ctx, customer, ContactKind.PHONE, phone)


async def ask_link(ctx: Context, customer: Customer, address: str) -> Asked:
    """A link to an address as parse_answer gives it. Refuses with code_too_soon or
    too_many_codes."""
    return await _ask(ctx, customer, ContactKind.EMAIL, address)


async def ask_again(ctx: Context, customer: Customer, kind: ContactKind) -> Asked:
    """Again to where the last one went. Refuses as above, and with code_expired when nothing
    was asked for."""
    last = await last_asked(ctx, customer, kind)
    if last is None:
        raise Refusal(Code.CODE_EXPIRED)
    if kind is ContactKind.PHONE:
        check_takes_code(last.value, ctx.sms_countries)
    return await _ask(ctx, customer, kind, last.value)


async def last_asked(
    ctx: Context, customer: Customer, kind: ContactKind, *, alive: bool = False
) -> Asked | None:
    """The newest attempt of this kind that is not used, whatever became of it; `alive`: only
    when it can still be answered."""
    row = await Verification.filter(customer_id=customer.id, kind=kind, how=_HOW[kind][0]).order_by(
        "-id"
    ).first()  # fmt: skip
    if row is None or row.state is VerificationState.USED:
        return None
    if alive and (row.state is not VerificationState.OPEN or row.expires_at <= ctx.clock()):
        return None
    return Asked(row.id, open_value(ctx, customer, row), row.created_at + RESEND, row.expires_at)


def open_value(ctx: Context, customer: Customer, row: Verification) -> str:
    return str(Sealed(contact_place(row.kind)).open(ctx, customer, row.sealed))


async def _ask(ctx: Context, customer: Customer, kind: ContactKind, value: str) -> Asked:
    how, life = _HOW[kind]
    now = ctx.clock()
    async with transaction():
        row = await new_attempt(
            ctx, customer, kind, value, how=how, life=life, state=VerificationState.OPEN
        )
        await announce(now, _asked(kind, customer.id, row.id))
    ctx.wake.set()
    return Asked(row.id, value, now + RESEND, row.expires_at)


def _asked(kind: ContactKind, customer_id: int, verification_id: int) -> Event:
    event = CodeAsked if kind is ContactKind.PHONE else LinkAsked
    return event(customer_id=customer_id, verification_id=verification_id)


async def new_attempt(
    ctx: Context,
    customer: Customer,
    kind: ContactKind,
    value: str,
    *,
    how: str,
    life: timedelta,
    state: VerificationState,
) -> Verification:
    """Inside a transaction: lock, check the limits of what is sent, put aside what was open
    before, write the row."""
    now = ctx.clock()
    index = ctx.vault.blind_index(kind.value, value.lower())
    await lock(customer.id, kind, index)
    if state is VerificationState.OPEN:
        await check_limits(ctx, customer, kind, index)
    await _put_aside(customer, kind)
    return await Verification.create(
        customer_id=customer.id,
        kind=kind,
        how=how,
        state=state,
        sealed=Sealed(contact_place(kind)).seal(ctx, customer, value),
        blind_index=index,
        created_at=now,
        expires_at=now + life,
    )


async def _put_aside(customer: Customer, kind: ContactKind) -> None:
    """One attempt at a time: what was open before proves nothing any more."""
    await Verification.filter(
        customer_id=customer.id,
        kind=kind,
        state__in=(VerificationState.OPEN, VerificationState.PROVEN),
    ).update(state=VerificationState.REPLACED)
