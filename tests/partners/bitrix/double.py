"""A strict Bitrix in memory: the three methods, and events as its queue sends them."""

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.partners.faults import Faults

CODE = "rest/1/abcdefgh12345678"
TOKEN = "51856fefc120afa4b628cc82d3935cce"
Row = dict[str, Any]
# The documentation's own example of sale.order.get, in part.
ORDER: Row = {
    "accountNumber": "392", "additionalInfo": "", "affiliateId": None, "canceled": "N",
    "currency": "USD", "dateInsert": "2024-02-28T17:36:55+02:00", "id": 236, "payed": "N",
    "price": 1480, "statusId": "N", "userId": 1, "version": 1,
    "propertyValues": [
        {"code": "FIO", "id": 1514, "name": "First Last", "value": "John Smith"},
        {"code": "PHONE", "id": 1516, "name": "Phone1", "value": "14151234567"},
        {"code": "CONTACT_ADDRESS", "id": 1517, "name": "Address", "value": None},
    ],
}  # fmt: skip
# The documentation's own example of ONSALEORDERSAVED.
EVENT = {
    "event": "ONSALEORDERSAVED", "event_handler_id": "1", "data[FIELDS][ID]": "300",
    "data[FIELDS][XML_ID]": "", "data[FIELDS][ACTION]": "save", "ts": "1714649632",
    "auth[access_token]": "s6p6eclrvim6da22ft9ch94ekreb52lv", "auth[expires_in]": "3600",
    "auth[scope]": "sale", "auth[domain]": "some-domain.bitrix24.com",
    "auth[member_id]": "a223c6b3710f85df22e9377d6c4f7553", "auth[application_token]": TOKEN,
}  # fmt: skip


def order(id_: int, phone: str, price: float, **more: Any) -> Row:
    told = {**ORDER, "id": id_, "accountNumber": f"{id_}A", "price": price, "currency": "RUB"}
    return told | {"payed": "Y", "propertyValues": [{"code": "PHONE", "value": phone}]} | more


def event(name: str, id_: int) -> dict[str, str]:
    return EVENT | {"event": name, "data[FIELDS][ID]": str(id_)}


@dataclass
class Portal:
    faults: Faults = field(default_factory=Faults)
    orders: dict[int, Row] = field(default_factory=dict)
    deals: dict[int, Row] = field(default_factory=dict)
    contacts: dict[int, Row] = field(default_factory=dict)
    scopes: set[str] = field(default_factory=lambda: {"sale", "crm"})
    asked: list[str] = field(default_factory=list)

    @property
    def app(self) -> web.Application:
        app = web.Application(middlewares=[self.faults.middleware])
        app.router.add_post("/{path:.*}", self._answer)
        return app

    async def _answer(self, request: web.Request) -> web.Response:
        code, _, method = request.path.strip("/").rpartition("/")
        if code != CODE:
            return _error(401, "INVALID_CREDENTIALS", "Invalid request credentials")
        body = await request.json()
        self.asked.append(method)
        match method.removesuffix(".json"):
            case "sale.order.get":
                found = self.orders.get(body["id"])
                told = None if found is None else {"order": found}
                missing = (400, "200540400001", "order does not exist")
            case "crm.deal.get":
                told, missing = self.deals.get(body["id"]), (400, "", "Not found")
            case "crm.contact.get":
                told, missing = self.contacts.get(body["id"]), (400, "", "Not found")
            case _:
                return _error(404, "ERROR_METHOD_NOT_FOUND", "Method not found!")
        if method.split(".")[0] not in self.scopes:
            return _error(403, "insufficient_scope", "needs higher privileges")
        return web.json_response({"result": told, "time": {}}) if told else _error(*missing)


def _error(status: int, code: str, text: str) -> web.Response:
    told = {"error": code, "error_description": text}
    return web.json_response(told, status=status)
