"""People as Mindbox knows them: found, registered, brought up to date, their contacts verified."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from backend.partners.member import Member
from backend.partners.mindbox.asking import Asking
from backend.partners.mindbox.profile import THEIR_ID, profile_of, without
from backend.partners.mindbox.wire import bodies
from backend.partners.mindbox.wire.bodies import CustomerBody, phone_digits
from backend.partners.mindbox.wire.errors import MindboxError, ValidationFailed
from backend.partners.mindbox.wire.models import Answer
from backend.partners.mindbox.wire.people import Customer
from backend.partners.mindbox.wire.statuses import Found, PhoneConfirmation
from backend.platform.failures import GiveUp, TryLater
from backend.platform.watch.log import get_log
from models.refusal import Code, Refusal

log = get_log(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom Mindbox knows: by which ids to speak of them, and what was last read."""

    ids: dict[str, str]
    customer: Customer
    answer: Answer

    @property
    def theirs(self) -> str:
        return self.ids.get(THEIR_ID, "")

    @property
    def body(self) -> CustomerBody:
        return CustomerBody(ids=self.ids)


async def look(asking: Asking, member: Member) -> Known | None:
    """By their id, by ours, by a phone or an e-mail that was verified: never by one that somebody
    only typed. Refuses with contact_taken when a contact leads to several people."""
    for by, body in _ways(asking, member):
        answer = await asking.read(asking.operations.find, bodies.operation(body))
        customer = answer.customer
        if customer is None:
            continue
        if customer.processing_status not in {"", Found.FOUND, Found.NOT_FOUND, "Processed"}:
            raise Refusal(Code.CONTACT_TAKEN, field=by)
        if customer.is_known:
            theirs = customer.id(THEIR_ID) or member.theirs
            ours = {asking.settings.customer_id: member.id}
            return Known({THEIR_ID: theirs} if theirs else ours, customer, answer)
    return None


def _ways(asking: Asking, member: Member) -> Iterator[tuple[str, CustomerBody]]:
    if member.theirs:
        yield "phone", CustomerBody(ids={THEIR_ID: member.theirs})
    yield "phone", CustomerBody(ids={asking.settings.customer_id: member.id})
    if member.phone and member.phone_verified:
        yield "phone", CustomerBody(mobile_phone=phone_digits(member.phone))
    if member.email and member.email_verified:
        yield "email", CustomerBody(email=member.email)


def spoken_of(asking: Asking, member: Member) -> CustomerBody:
    """Somebody who has a card already: by their id, or by ours."""
    if member.theirs:
        return CustomerBody(ids={THEIR_ID: member.theirs})
    return CustomerBody(ids={asking.settings.customer_id: member.id})


async def registered(asking: Asking, member: Member, key: UUID) -> Known:
    """Who they are there, with the profile of now and verified contacts: registered, if nobody
    knew them."""
    known = await look(asking, member)
    if known is None:
        known = await _register(asking, member, key)
    else:
        await edit(asking, member, known, key)
    await confirm(asking, member, known, key)
    return known


async def edit(asking: Asking, member: Member, known: Known, key: UUID) -> None:
    """Found by their own id, so that ours may be new to them."""
    ids = known.ids | {asking.settings.customer_id: member.id}
    profile = replace(profile_of(asking.settings, member), ids=ids)
    # Other answers under the same key are another change.
    step = f"edit {bodies.written(profile.body()).decode()}"
    await _written(asking, asking.operations.edit, profile, key, step)


async def _register(asking: Asking, member: Member, key: UUID) -> Known:
    profile = profile_of(asking.settings, member)
    operation = asking.operations.register_customer
    try:
        answer = await _written(asking, operation, profile, key, "register")
    except (Refusal, GiveUp):
        # Somebody was quicker: another program's request, or the till.
        known = await look(asking, member)
        if known is None:
            raise
        await edit(asking, member, known, key)
        return known
    known = await look(asking, member)
    if known is None and answer.was_done_before:
        # Whom they knew is gone there since.
        await _written(asking, operation, profile, key, f"register at {asking.clock().isoformat()}")
        known = await look(asking, member)
    if known is None:
        raise TryLater(f"{operation}: done, and the customer is not found yet")
    return known


async def _written(
    asking: Asking, operation: str, profile: CustomerBody, key: UUID, step: str
) -> Answer:
    """Without what Mindbox finds fault with, as long as it can do without."""
    touchpoint = asking.touchpoint
    body = bodies.operation(profile, point_of_contact=touchpoint)
    try:
        return await asking.mindbox.write(operation, body, uuid5(key, step))
    except ValidationFailed as complaint:
        rest = without(profile, complaint.locations)
        if rest is None:
            raise asking.failure(complaint, operation) from complaint
        left_out = sorted(set(complaint.locations))
        log.warning("Mindbox finds fault with fields", operation=operation, fields=left_out)
        body = bodies.operation(rest, point_of_contact=touchpoint)
        return await asking.write(operation, body, key, f"{step} without {left_out}")
    except MindboxError as error:
        raise asking.failure(error, operation) from error


async def confirm(asking: Asking, member: Member, known: Known, key: UUID) -> None:
    """What was verified here need not be verified there, and is told once."""
    phone, email = phone_digits(member.phone), member.email
    names, before = asking.operations, known.customer
    told = before.is_mobile_phone_confirmed and before.mobile_phone == phone
    if phone and member.phone_verified and names.confirm_phone and not told:
        body = bodies.confirmed_phone(
            replace(known.body, mobile_phone=phone),
            asking.clock(),
            point_of_contact=asking.touchpoint,
        )
        answer = await asking.write(names.confirm_phone, body, key, f"phone {phone}")
        done = answer.mobile_phone_confirmation
        if done is not None and done.processing_status == PhoneConfirmation.NOT_FOUND:
            raise TryLater(f"{names.confirm_phone}: the customer is not found yet")
    told = before.is_email_confirmed and before.email == email
    if email and member.email_verified and names.confirm_email and not told:
        body = bodies.operation(
            replace(known.body, email=email), point_of_contact=asking.touchpoint
        )
        await asking.write(names.confirm_email, body, key, f"email {email}")
