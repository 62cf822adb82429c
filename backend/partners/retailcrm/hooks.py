"""Triggers of RetailCRM: an account or an order has changed there."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from backend.partners.member import Balance, CardState
from backend.partners.retailcrm.accounts import DEACTIVATED, is_active
from backend.partners.retailcrm.processor import open_client
from backend.partners.retailcrm.settings import Secrets, Settings
from backend.partners.retailcrm.translated import translated
from backend.partners.retailcrm.wire.client import RetailCrm
from backend.partners.retailcrm.wire.errors import NotFound
from backend.partners.retailcrm.wire.models import LoyaltyAccount, Order
from backend.partners.said import LONGEST_ID, Found, FoundCard, FoundSale, Said
from backend.partners.way import Way

SOURCE = "retailcrm"
# As docs/partners-retailcrm.md writes the bodies of the triggers.
KINDS = ("account", "order", "customer")


def said(_settings: Settings, _secrets: Secrets, given: Mapping[str, str]) -> list[Said]:
    """`account=159`, `order=6473`, `customer=4787`: each names one."""
    return [
        Said(kind, id_) for kind in KINDS if (id_ := given.get(kind, "").strip()) and _is_id(id_)
    ]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_ID


async def look(settings: Settings, secrets: Secrets, way: Way, about: Said) -> Found:
    """Raises TryLater, NeedsSettings, GiveUp."""
    crm = open_client(settings, secrets, way)
    with translated(
        f"reading an {about.kind}" if about.kind != "customer" else "reading a customer"
    ):
        if about.kind == "account":
            return Found([_card(await crm.account(int(about.id)))])
        if about.kind == "customer":
            return Found(await _cards(settings, crm, int(about.id)))
        order = await _order(settings, crm, int(about.id))
        if order is None:
            return Found()
        cards = await _cards(settings, crm, _whose(order))
        return Found(cards, list(_sales(settings, order, cards)))


async def _cards(settings: Settings, crm: RetailCrm, customer_id: int) -> list[FoundCard]:
    if not customer_id:
        return []
    loyalties = list(dict.fromkeys([settings.loyalty, *settings.loyalties.values()]))
    found = await crm.accounts({"customerId": customer_id, "loyalties": loyalties})
    return [_card(each) for each in found if each.card_number]


def _card(account: LoyaltyAccount) -> FoundCard:
    tier = account.level.name if account.level is not None else None
    state = CardState.BLOCKED if account.status == DEACTIVATED else None
    if is_active(account):
        state = CardState.ACTIVE
    return FoundCard(account.card_number, Balance(account.amount, tier=tier), state)


async def _order(settings: Settings, crm: RetailCrm, id_: int) -> Order | None:
    """None for an order of a shop that the connection knows nothing of."""
    for site in dict.fromkeys([settings.site, *settings.sites.values()]):
        try:
            return await crm.order(id_, site)
        except NotFound:
            continue
    return None


def _whose(order: Order) -> int:
    return order.contact.id if order.contact is not None else order.customer.id


def _sales(settings: Settings, order: Order, cards: Sequence[FoundCard]) -> Iterator[FoundSale]:
    at: datetime = order.created_at.replace(tzinfo=ZoneInfo(settings.timezone))
    for card in cards[:1]:
        yield FoundSale(
            id=str(order.id),
            at=at,
            amount=order.total_summ,
            card=card.number,
            number=order.number,
            store=order.shipment_store,
            status=order.status,
            currency=order.currency or "RUB",
        )
