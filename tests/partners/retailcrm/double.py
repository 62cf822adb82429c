"""A strict RetailCRM in memory: it refuses what the real one refuses, and keeps what it was told.

Written from the vendor's PHP client and its tests. What comes in a form that the API does not know
(a field too many, JSON where text belongs, a page of 25 rows) is refused.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.partners.faults import Faults

KEY = "key-of-sixteen-and-more-signs"
SITES = ("lavka", "romashka")
_CUSTOMER = {
    "externalId", "lastName", "firstName", "patronymic", "email", "sex", "birthday", "address",
    "phones", "customFields",
}  # fmt: skip
_CREATED = {"cardNumber", "phoneNumber", "customer", "customFields"}
_EDITED = {"cardNumber", "phoneNumber", "customFields", "loyaltyLevelId"}
Row = dict[str, Any]


class No(Exception):
    def __init__(self, status: int, message: str, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.errors = status, message, errors


@dataclass
class Crm:
    """`sms`: the loyalty program confirms each account by a code."""

    faults: Faults = field(default_factory=Faults)
    customers: dict[int, Row] = field(default_factory=dict)
    accounts: dict[int, Row] = field(default_factory=dict)
    operations: dict[int, list[Row]] = field(default_factory=dict)
    orders: list[Row] = field(default_factory=list)
    subscribed: dict[int, dict[tuple[str, str], bool]] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)
    loyalty: int = 3
    sms: bool = False
    _last: int = 100

    def id(self) -> int:
        self._last += 1
        return self._last

    @property
    def app(self) -> web.Application:
        app = web.Application(middlewares=[self.faults.middleware, _explained])
        app[CRM] = self
        get, post = web.get, web.post
        app.add_routes(
            [
                get("/api/credentials", _credentials),
                get("/api/v5/customers", _customers),
                post("/api/v5/customers/create", _create_customer),
                get("/api/v5/customers/{key}", _customer),
                post("/api/v5/customers/{key}/edit", _edit_customer),
                post("/api/v5/customers/{key}/subscriptions", _subscribe),
                get("/api/v5/loyalty/loyalties", _loyalties),
                get("/api/v5/loyalty/accounts", _accounts),
                post("/api/v5/loyalty/account/create", _create_account),
                get("/api/v5/loyalty/account/{id}", _account),
                post("/api/v5/loyalty/account/{id}/activate", _activate),
                post("/api/v5/loyalty/account/{id}/edit", _edit_account),
                get("/api/v5/loyalty/account/{id}/bonus/operations", _operations),
                get("/api/v5/orders", _orders),
                get("/api/v5/orders/{id}", _order),
            ]
        )
        return app


CRM = web.AppKey("crm", Crm)


@web.middleware
async def _explained(request: web.Request, handler: Any) -> web.StreamResponse:
    if request.headers.get("X-API-KEY") != KEY:
        return _answer({"errorMsg": 'Wrong "apiKey" value.'}, 403, success=False)
    try:
        told: web.StreamResponse = await handler(request)
    except No as no:
        wrong = {"errorMsg": no.message} | ({"errors": dict(no.errors)} if no.errors else {})
        return _answer(wrong, no.status, success=False)
    return told


def _answer(told: Row, status: int = 200, *, success: bool = True) -> web.Response:
    return web.json_response({"success": success, **told}, status=status)


def _crm(request: web.Request) -> Crm:
    return request.app[CRM]


async def _body(request: web.Request, known: set[str]) -> Row:
    """Form fields; those with a structure hold JSON."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise No(400, "expected a form")
    given = {name: str(value) for name, value in (await request.post()).items()}
    if unknown := given.keys() - known:
        raise No(400, "Errors in the input parameters", dict.fromkeys(unknown, "Extra field"))
    _crm(request).writes.append(request.path)
    structured = {"customer", "loyaltyAccount", "subscriptions"}
    return {n: json.loads(v) if n in structured else v for n, v in given.items()}


def _site(given: Mapping[str, Any]) -> str:
    if given.get("site") not in SITES:
        raise No(400, "Errors in the input parameters", {"site": "Shop is not found"})
    return str(given["site"])


def _known(told: Row, names: set[str]) -> None:
    if unknown := told.keys() - names:
        raise No(400, "Errors in the entity format", dict.fromkeys(unknown, "Extra field"))


def _filters(request: web.Request, known: set[str]) -> dict[str, list[str]]:
    """filter[name] and filter[name][0]; refuses a page of another length."""
    if request.query.get("limit", "20") not in {"20", "50", "100"}:
        raise No(400, "Errors in the input parameters", {"limit": "Not a valid choice"})
    found: dict[str, list[str]] = {}
    for key, value in request.query.items():
        if key.startswith("filter["):
            found.setdefault(key.split("[")[1].rstrip("]"), []).append(value)
        elif key not in {"limit", "page"}:
            raise No(400, "Errors in the input parameters", {key: "Extra field"})
    _known(found, known)
    _crm(request).queries.append(dict(request.query))
    return found


def _page(rows: list[Row], name: str) -> web.Response:
    counts = {"limit": 20, "totalCount": len(rows), "currentPage": 1, "totalPageCount": 1}
    return _answer({"pagination": counts, name: rows[:20]})


async def _credentials(request: web.Request) -> web.Response:
    names = [f"/api/customers{rest}" for rest in ("", "/create", "/{externalId}/edit")]
    names += [f"/api/loyalty/{rest}" for rest in ("accounts", "account/create")]
    told = {"credentials": names, "siteAccess": "access_selective", "sitesAvailable": list(SITES)}
    return _answer(told)


async def _customers(request: web.Request) -> web.Response:
    given = _filters(request, {"name", "sites", "externalIds"})
    found = [
        each
        for each in _crm(request).customers.values()
        if any(p["number"] in given.get("name", ()) for p in each.get("phones", ()))
    ]
    return _page(found, "customers")


async def _create_customer(request: web.Request) -> web.Response:
    crm, given = _crm(request), await _body(request, {"site", "customer"})
    site, told = _site(given), given["customer"]
    _known(told, _CUSTOMER)
    same = [c for c in crm.customers.values() if c["externalId"] == told.get("externalId")]
    if any(each["site"] == site for each in same):
        raise No(400, "Customer with current externalId already exists")
    id_ = crm.id()
    crm.customers[id_] = {"id": id_, "externalId": None, "site": site, **told}
    return _answer({"id": id_}, 201)


def _found(request: web.Request, by: str, site: str) -> Row:
    key = request.match_info["key"]
    for each in _crm(request).customers.values():
        own = each["externalId"] if by == "externalId" else str(each["id"])
        if own == key and each["site"] == site:
            return each
    raise No(404, "Not found")


async def _customer(request: web.Request) -> web.Response:
    query = request.query
    found = _found(request, query.get("by", "externalId"), _site(query))
    return _answer({"customer": {"customFields": [], **found}})


async def _edit_customer(request: web.Request) -> web.Response:
    given = await _body(request, {"by", "site", "customer"})
    found = _found(request, given["by"], _site(given))
    _known(given["customer"], _CUSTOMER)
    fields = {**found.get("customFields", {}), **given["customer"].pop("customFields", {})}
    found |= given["customer"]
    found["customFields"] = fields
    return _answer({"id": found["id"]})


async def _subscribe(request: web.Request) -> web.Response:
    given = await _body(request, {"by", "site", "subscriptions"})
    found = _found(request, given["by"], _site(given))
    for each in given["subscriptions"]:
        _known(each, {"channel", "subscription", "active", "messageId"})
        if each["channel"] not in {"email", "sms", "waba"}:
            raise No(400, "Errors in the entity format", {"channel": "Not a valid choice"})
        kept = _crm(request).subscribed.setdefault(found["id"], {})
        kept[each["channel"], each.get("subscription", "")] = each["active"]
    return _answer({})


async def _loyalties(request: web.Request) -> web.Response:
    crm = _crm(request)
    row = {"id": crm.loyalty, "name": "Клуб", "active": True, "blocked": False, "currency": "RUB"}
    row |= {"confirmSmsRegistration": crm.sms, "confirmSmsCharge": False}
    return _page([row], "loyalties")


async def _accounts(request: web.Request) -> web.Response:
    given = _filters(request, {"customerId", "phoneNumber", "cardNumber", "loyalties", "sites"})
    found = [
        each
        for each in _crm(request).accounts.values()
        if str(each["customer"]["id"]) in given.get("customerId", [str(each["customer"]["id"])])
        if each.get("phoneNumber") in given.get("phoneNumber", [each.get("phoneNumber")])
        if each.get("cardNumber") in given.get("cardNumber", [each.get("cardNumber")])
        if str(each["loyalty"]["id"]) in given.get("loyalties", [str(each["loyalty"]["id"])])
    ]
    return _page(found, "loyaltyAccounts")


async def _create_account(request: web.Request) -> web.Response:
    crm, given = _crm(request), await _body(request, {"site", "loyaltyAccount"})
    _site(given)
    told = given["loyaltyAccount"]
    _known(told, _CREATED)
    customer = crm.customers.get(told["customer"].get("id", 0))
    if customer is None:
        raise No(400, "Errors in the entity format", {"customer": "Not found"})
    _card_is_free(crm, told.get("cardNumber"), 0)
    if any(each["customer"]["id"] == customer["id"] for each in crm.accounts.values()):
        raise No(400, "Errors in the entity format", {"customer": "Participates already"})
    id_ = crm.id()
    whose = {"id": customer["id"], "externalId": customer["externalId"], "site": customer["site"]}
    crm.accounts[id_] = {
        **told, "id": id_, "customer": whose, "amount": 0, "active": False,
        "status": "not_confirmed", "loyalty": {"id": crm.loyalty}, "customFields": [],
        "level": {"id": 17, "type": "bonus_percent", "name": "Базовый уровень"},
    }  # fmt: skip
    return _answer({"site": given["site"], "loyaltyAccount": told, "warnings": []}, 201)


def _card_is_free(crm: Crm, number: str | None, but: int) -> None:
    others = [each for each in crm.accounts.values() if each["id"] != but]
    if number and any(each.get("cardNumber") == number for each in others):
        raise No(400, "Errors in the entity format", {"cardNumber": "This value is already used"})


def _of(request: web.Request) -> Row:
    found = _crm(request).accounts.get(int(request.match_info["id"]))
    if found is None:
        raise No(404, "Not found")
    return found


async def _account(request: web.Request) -> web.Response:
    return _answer({"loyaltyAccount": _of(request)})


async def _activate(request: web.Request) -> web.Response:
    await _body(request, set())
    found, told = _of(request), dict[str, Any]()
    if _crm(request).sms:
        told["verification"] = {"checkId": "c", "createdAt": "2026-11-28 05:00:00"}
    else:
        found |= {"active": True, "status": "activated"}
    return _answer({"loyaltyAccount": found, **told})


async def _edit_account(request: web.Request) -> web.Response:
    given = await _body(request, {"loyaltyAccount"})
    found = _of(request)
    _known(given["loyaltyAccount"], _EDITED)
    _card_is_free(_crm(request), given["loyaltyAccount"].get("cardNumber"), found["id"])
    found |= given["loyaltyAccount"]
    return _answer({"warnings": []})


async def _operations(request: web.Request) -> web.Response:
    _filters(request, set())
    return _page(_crm(request).operations.get(_of(request)["id"], []), "bonusOperations")


async def _orders(request: web.Request) -> web.Response:
    given = _filters(request, {"customerId", "sites"})
    rows = _crm(request).orders
    return _page([o for o in rows if str(o["customer"]["id"]) in given["customerId"]], "orders")


async def _order(request: web.Request) -> web.Response:
    _site(request.query)
    for each in _crm(request).orders:
        if str(each["id"]) == request.match_info["id"]:
            return _answer({"order": each})
    raise No(404, "Not found")
