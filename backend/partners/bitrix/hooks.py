"""Outgoing webhooks of Bitrix: an order or a deal was saved or deleted."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from weakref import WeakKeyDictionary

from aiohttp import ClientSession

from backend.partners.bitrix.settings import Secrets, Settings
from backend.partners.bitrix.translated import translated
from backend.partners.bitrix.wire.errors import NotFound
from backend.partners.bitrix.wire.event import event_of, is_theirs
from backend.partners.bitrix.wire.models import Deal, Order
from backend.partners.bitrix.wire.pace import Pace
from backend.partners.bitrix.wire.rest import BURST, PER_SECOND, Rest
from backend.partners.said import Found, FoundSale, NotTheirs, Said
from backend.partners.way import Way
from catalog.questions.phone import typed_phone
from models.refusal import Refusal

SOURCE = "bitrix"
# Whatever uses a connection shares how often its webhook may ask.
_PACES: WeakKeyDictionary[ClientSession, Pace] = WeakKeyDictionary()
_ORDER, _DEAL = "order", "deal"
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_EVENTS: Mapping[str, str] = {
    "ONSALEORDERSAVED": _ORDER,
    "ONORDERENTITYSAVED": _ORDER,
    "ONSALEBEFOREORDERDELETE": _ORDER,
    "ONORDERDELETED": _ORDER,
    "ONCRMDEALADD": _DEAL,
    "ONCRMDEALUPDATE": _DEAL,
    "ONCRMDEALDELETE": _DEAL,
}
_TOLD = {"shop": {_ORDER}, "deals": {_DEAL}, "both": {_ORDER, _DEAL}}


def said(settings: Settings, secrets: Secrets, given: Mapping[str, str]) -> list[Said]:
    """Raises NotTheirs. Events that nothing here uses, those of the stock too, say nothing."""
    event = event_of(given)
    if not is_theirs(event, secrets.application_token.get_secret_value()):
        raise NotTheirs
    kind = _EVENTS.get(event.name)
    if kind is None or not event.id or kind not in _TOLD[settings.orders]:
        return []
    return [Said(kind, event.id)]


def open_rest(settings: Settings, secrets: Secrets, way: Way) -> Rest:
    code = secrets.rest.get_secret_value().strip("/")
    pace = _PACES.setdefault(way.session, Pace(PER_SECOND, burst=BURST))
    return Rest(way.session, f"{settings.url.rstrip('/')}/{code}", pace)


async def look(settings: Settings, secrets: Secrets, way: Way, about: Said) -> Found:
    """Raises TryLater, NeedsSettings, GiveUp."""
    rest = open_rest(settings, secrets, way)
    with translated(f"reading a {about.kind}"):
        try:
            sale = await _sale(settings, rest, about)
        except NotFound:
            sale = _gone(about)
    return Found(sales=[sale], programs=settings.programs)


async def _sale(settings: Settings, rest: Rest, about: Said) -> FoundSale:
    if about.kind == _ORDER:
        return _of_order(settings, await rest.order(int(about.id)))
    deal = await rest.deal(int(about.id))
    if settings.paid_only and deal.semantic != "S":
        return _gone(about)
    contact = await rest.contact(int(deal.contact)) if deal.contact.isdigit() else None
    phones = [_phone(each.value) for each in contact.phones] if contact is not None else []
    return _of_deal(deal, next((phone for phone in phones if phone), ""))


def _of_order(settings: Settings, order: Order) -> FoundSale:
    unpaid = settings.paid_only and order.payed != "Y"
    card = order.value_of(settings.card_property) if settings.card_property else ""
    return FoundSale(
        id=f"{_ORDER}:{order.id}",
        at=order.inserted,
        amount=order.price,
        card=card,
        phone=_phone(order.value_of(settings.phone_property)),
        number=order.number,
        status=order.status,
        currency=order.currency or "RUB",
        gone=order.canceled == "Y" or unpaid,
    )


def _of_deal(deal: Deal, phone: str) -> FoundSale:
    return FoundSale(
        id=f"{_DEAL}:{deal.id}",
        at=deal.created,
        amount=deal.amount,
        phone=phone,
        number=deal.id,
        status=deal.stage,
        currency=deal.currency or "RUB",
    )


def _gone(about: Said) -> FoundSale:
    return FoundSale(f"{about.kind}:{about.id}", _NEVER, Decimal(0), gone=True)


def _phone(text: str) -> str:
    """E.164; empty for what is no phone."""
    try:
        return typed_phone(text) if text else ""
    except Refusal:
        return ""
