"""Tries a connection for real: the address, the keys, each operation. It changes nothing: it speaks
of a customer and a card that nobody has, so that what would write finds nobody to write to."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from backend.partners.finding import Finding
from backend.partners.member import Subscription
from backend.partners.mindbox.asking import Asking, Askings
from backend.partners.mindbox.brand_settings import CHANNELS
from backend.partners.mindbox.consents import subscribed
from backend.partners.mindbox.operations import Operations
from backend.partners.mindbox.settings import Secrets, Settings
from backend.partners.mindbox.translate import mended, translated
from backend.partners.mindbox.wire import bodies
from backend.partners.mindbox.wire.bodies import Body, CustomerBody
from backend.partners.mindbox.wire.errors import (
    MindboxError,
    NotAuthorised,
    ProtocolFault,
    RateLimited,
    ValidationFailed,
)
from backend.partners.way import Way

SUPPORT = "whoever set up the project in Mindbox"
# Reads that ask for a page.
_PAGED = ("balance_history", "orders")
LATEST = timedelta(minutes=2)
_READS = ("find", "find_by_card", "card", "cards", "balance", *_PAGED, "promotions")


async def check(settings: Settings, secrets: Secrets, way: Way) -> AsyncIterator[Finding]:
    """For the connection and for every program that has an endpoint or operations of its own."""
    askings = Askings(settings, secrets, way)
    seen: set[tuple[str, Operations]] = set()
    for key in ("", *settings.programs):
        asking = askings.named(key)
        place = asking.mindbox.endpoint.id
        if (place, asking.operations) in seen:
            continue
        seen.add((place, asking.operations))
        async for finding in _endpoint(asking):
            yield finding
    for finding in _configured(settings):
        yield finding


async def _endpoint(asking: Asking) -> AsyncIterator[Finding]:
    first = await _tried(asking, asking.operations.find, _body(asking, "find"), reads=True)
    yield first
    if not first.good and first.who != SUPPORT:
        return
    if (off := _off(asking)) > LATEST:
        what = f"the clock here is {off.total_seconds() / 60:.0f} minutes off that of Mindbox"
        yield Finding(False, f"{what}: verified phones would be told at a wrong time", "you")
    done = {asking.operations.find}
    for field in Operations.model_fields:
        operation = getattr(asking.operations, field)
        if operation and operation not in done:
            done.add(operation)
            yield await _tried(asking, operation, _body(asking, field), reads=field in _READS)
    for key in asking.settings.brands if asking.operations.subscribe else ():
        operation, body = asking.operations.subscribe, _subscription(asking, key)
        yield await _tried(asking, operation, body, reads=False, of=f" for the brand {key}")


def _off(asking: Asking) -> timedelta:
    there = asking.mindbox.clock_there
    return timedelta(0) if there is None else abs(asking.clock() - there)


async def _tried(
    asking: Asking, operation: str, body: Body, *, reads: bool, of: str = ""
) -> Finding:
    place = asking.mindbox.endpoint.id
    try:
        if reads:
            await asking.mindbox.read(operation, body)
        else:
            await asking.mindbox.write(operation, body, uuid4())
    except ValidationFailed:
        # It is there, and looks at what it is given.
        return Finding(True, f"{operation} at {place} answers{of}")
    except ProtocolFault as fault:
        who = "you" if isinstance(fault, NotAuthorised) or fault.status in {403, 404} else SUPPORT
        said = f"; Mindbox says: {fault.message[:200]}" if fault.message else ""
        return Finding(False, f"{mended(fault, operation, place)}{of}{said}", who)
    except RateLimited as limit:
        return Finding(False, f"{operation} at {place}: {limit}", "nobody: it passes")
    except MindboxError as error:
        reason = str(translated(error, operation, place))
        return Finding(False, reason, "you" if reason.startswith("url") else "Mindbox support")
    return Finding(True, f"{operation} at {place} answers{of}")


def _nobody(asking: Asking) -> CustomerBody:
    return CustomerBody(ids={asking.settings.customer_id: f"check-{uuid4()}"})


def _body(asking: Asking, field: str) -> Body:
    """Of somebody whom there is not. A registration has no contact: nobody comes to be."""
    settings, who = asking.settings, _nobody(asking)
    card = bodies.card(f"check-{uuid4().hex[:12]}", settings.card_number)
    fields = dict.fromkeys([settings.city_field, *settings.fields.values()], "check")
    customer = {
        "find_by_card": CustomerBody(card_number=card["ids"]),
        "confirm_phone": replace(who, mobile_phone="79000000000"),
        "confirm_email": replace(who, email="check@example.org"),
        "edit": replace(who, custom_fields={n: v for n, v in fields.items() if n}),
        "card": None,
        "unbind": None,
        "replace": None,
    }.get(field, who)
    more: Body = {}
    if field in {"card", "unbind", "bind", "activate"}:
        more["discountCard"] = card
    if field == "replace":
        more |= {"oldDiscountCard": card, "newDiscountCard": card}
    if field in _PAGED:
        more["page"] = bodies.page(1)
    if field == "confirm_phone":
        more["executionDateTimeUtc"] = bodies.utc_moment(asking.clock())
    touchpoint = "" if field in _READS else asking.touchpoint
    return bodies.operation(customer, point_of_contact=touchpoint, **more)


def _subscription(asking: Asking, brand: str) -> Body:
    """Every channel and topic of a brand, so that Mindbox looks at their names."""
    said = [Subscription(brand, channel, granted=False) for channel in CHANNELS]
    told = replace(subscribed(asking.settings, said), ids=_nobody(asking).ids)
    return bodies.operation(told, point_of_contact=asking.touchpoint)


def _configured(settings: Settings) -> list[Finding]:
    """What can be told from the settings alone."""
    found = []
    shared = [key for key, each in settings.programs.items() if not each.card_type]
    if len(settings.programs) > 1 and shared:
        what = f"programs.{shared[0]}.card_type is empty: its cards cannot be told from others'"
        found.append(Finding(False, what, "you"))
    if not settings.brands:
        what = "brands is empty: what people agree to be sent cannot be told to Mindbox"
        found.append(Finding(False, what, "you"))
    if not settings.operations.unbind:
        what = "operations.unbind is empty: a card stays bound in Mindbox when its owner leaves"
        found.append(Finding(True, what))
    if not settings.operations.confirm_email:
        what = "operations.confirm_email is empty: Mindbox is not told which e-mails are verified"
        found.append(Finding(True, what))
    return found
