"""The calls of RetailCRM's API v5 that a wallet needs. Each raises RetailCrmError."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from pydantic import ValidationError

from backend.partners.retailcrm.wire.errors import Away
from backend.partners.retailcrm.wire.models import (
    BonusOperation,
    Credentials,
    Customer,
    Loyalty,
    LoyaltyAccount,
    Order,
    T,
)
from backend.partners.retailcrm.wire.transport import Json, Transport

# How many rows a page may have: nothing between is accepted.
PAGES = (20, 50, 100)
Body = Mapping[str, Any]


class RetailCrm:
    def __init__(self, transport: Transport) -> None:
        self._way = transport

    async def credentials(self) -> Credentials:
        return _read(Credentials, await self._way.get("credentials", version=""))

    async def customer(self, key: str, by: str, site: str) -> Customer:
        """`by`: id or externalId. Raises NotFound."""
        told = await self._way.get(f"customers/{_part(key)}", {"by": by, "site": site})
        return _read(Customer, told.get("customer"))

    async def customers(self, filters: Body) -> Sequence[Customer]:
        """The first page."""
        told = await self._way.get("customers", {"filter": filters, "limit": PAGES[0]})
        return _list(Customer, told, "customers")

    async def create_customer(self, customer: Body, site: str) -> int:
        """The id that RetailCRM gave. Refuses an externalId that is there already."""
        told = await self._way.post("customers/create", {"site": site, "customer": customer})
        return _id(told.get("id"))

    async def edit_customer(self, id_: int, customer: Body, site: str) -> None:
        body = {"by": "id", "site": site, "customer": customer}
        await self._way.post(f"customers/{id_}/edit", body)

    async def subscribe(self, id_: int, subscriptions: Sequence[Body], site: str) -> None:
        body = {"by": "id", "site": site, "subscriptions": list(subscriptions)}
        await self._way.post(f"customers/{id_}/subscriptions", body)

    async def loyalties(self) -> Sequence[Loyalty]:
        return _list(Loyalty, await self._way.get("loyalty/loyalties"), "loyalties")

    async def accounts(self, filters: Body) -> Sequence[LoyaltyAccount]:
        """The first page."""
        told = await self._way.get("loyalty/accounts", {"filter": filters, "limit": PAGES[0]})
        return _list(LoyaltyAccount, told, "loyaltyAccounts")

    async def account(self, id_: int) -> LoyaltyAccount:
        told = await self._way.get(f"loyalty/account/{id_}")
        return _read(LoyaltyAccount, told.get("loyaltyAccount"))

    async def create_account(self, account: Body, site: str) -> None:
        """The answer may come without an id: `accounts` finds it."""
        body = {"site": site, "loyaltyAccount": account}
        await self._way.post("loyalty/account/create", body)

    async def activate_account(self, id_: int) -> LoyaltyAccount:
        told = await self._way.post(f"loyalty/account/{id_}/activate", {})
        return _read(LoyaltyAccount, told.get("loyaltyAccount"))

    async def edit_account(self, id_: int, account: Body) -> None:
        await self._way.post(f"loyalty/account/{id_}/edit", {"loyaltyAccount": account})

    async def credit(self, id_: int, amount: str, comment: str = "", **days: str) -> None:
        """`activationDate` and `expireDate` as 2026-12-31. Twice is twice: there is no key."""
        body = {"amount": amount, "comment": comment or None, **days}
        await self._way.post(f"loyalty/account/{id_}/bonus/credit", body)

    async def charge(self, id_: int, amount: str, comment: str = "") -> None:
        """Twice is twice: there is no key."""
        body = {"amount": amount, "comment": comment or None}
        await self._way.post(f"loyalty/account/{id_}/bonus/charge", body)

    async def operations(self, id_: int, most: int) -> Sequence[BonusOperation]:
        """The newest `most` at least, as far as a page goes."""
        query = {"limit": _page(most)}
        told = await self._way.get(f"loyalty/account/{id_}/bonus/operations", query)
        return _list(BonusOperation, told, "bonusOperations")

    async def order(self, id_: int, site: str) -> Order:
        """Raises NotFound."""
        told = await self._way.get(f"orders/{id_}", {"by": "id", "site": site})
        return _read(Order, told.get("order"))

    async def orders(self, filters: Body, most: int) -> Sequence[Order]:
        told = await self._way.get("orders", {"filter": filters, "limit": _page(most)})
        return _list(Order, told, "orders")


def _page(most: int) -> int:
    return next((size for size in PAGES if size >= most), PAGES[-1])


def _part(key: str) -> str:
    """One segment of a path."""
    return quote(key, safe="")


def _read(model: type[T], told: Any) -> T:
    try:
        return model.model_validate(told)
    except ValidationError as wrong:
        where = ".".join(str(part) for part in wrong.errors()[0]["loc"])
        raise Away(200, f"{model.__name__} without a usable {where or 'body'}") from None


def _list(model: type[T], told: Json, name: str) -> list[T]:
    return [_read(model, each) for each in told.get(name) or ()]


def _id(value: Any) -> int:
    if not isinstance(value, int):
        raise Away(200, "an answer without an id")
    return value
