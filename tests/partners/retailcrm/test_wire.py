"""Requests and answers held against examples of the vendor's documentation and client."""

import json
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from backend.partners.retailcrm.wire.client import RetailCrm
from backend.partners.retailcrm.wire.errors import Away, KeyRefused, NotFound, Refused, TooMany
from backend.partners.retailcrm.wire.models import BonusOperation, LoyaltyAccount
from backend.partners.retailcrm.wire.pace import Pace
from backend.partners.retailcrm.wire.transport import Transport, flattened, form, understood

# The vendor's own example of loyalty/accounts, in part.
ACCOUNT = """
{"active": true, "id": 160, "customer": {"id": 4787, "externalId": "36", "site": "bitrix-test",
 "firstName": "test871"}, "phoneNumber": "88005553125", "cardNumber": "2222 3333 4444 5555",
 "amount": 635, "ordersSum": 0, "nextLevelSum": 10000, "level": {"type": "discount", "id": 16,
 "name": "Скидочный", "privilegeSize": 50, "privilegeSizePromo": 50},
 "createdAt": "2021-02-24 11:17:11", "activatedAt": "2021-02-24 11:17:11", "customFields": []}
"""
OPERATION = """
{"type": "credit_for_order", "createdAt": "2020-11-27 13:42:37", "amount": 347.8,
 "order": {"id": 6472, "externalId": "9"}, "bonus": {"activationDate": "2020-11-27"},
 "loyaltyAccount": {"id": 147}, "loyalty": {"id": 3}}
"""
CREATED = {"phoneNumber": "88005553125", "cardNumber": "2222 3333 4444 5555",
           "customer": {"id": 4787}}  # fmt: skip


def test_the_documented_answers_are_read() -> None:
    account = LoyaltyAccount.model_validate_json(ACCOUNT)
    assert (account.id, account.card_number, str(account.amount)) == (
        160, "2222 3333 4444 5555", "635",
    )  # fmt: skip
    assert account.customer.external_id == "36"
    assert account.level is not None
    assert account.level.name == "Скидочный"
    operation = BonusOperation.model_validate_json(OPERATION)
    assert str(operation.amount) == "347.8"
    assert operation.created_at.isoformat() == "2020-11-27T13:42:37"


def test_what_is_null_or_new_disturbs_nothing() -> None:
    told = {"id": 1, "cardNumber": None, "level": None, "customer": {"id": 2, "externalId": 10},
            "status": "not_confirmed", "somethingNew": {"a": [1]}}  # fmt: skip
    account = LoyaltyAccount.model_validate(told)
    assert (account.card_number, account.customer.external_id) == ("", "10")


def test_queries_are_written_as_php_does() -> None:
    query = {"limit": 20, "filter": {"loyalties": [1, 2], "cardNumber": "1 2", "phoneNumber": ""}}
    assert dict(flattened(query)) == {
        "limit": "20", "filter[loyalties][0]": "1", "filter[loyalties][1]": "2",
        "filter[cardNumber]": "1 2",
    }  # fmt: skip


def test_bodies_hold_json_in_fields() -> None:
    body = form({"site": "bitrix-test", "loyaltyAccount": CREATED, "by": None})
    assert body["site"] == "bitrix-test"
    assert json.loads(body["loyaltyAccount"]) == CREATED
    assert body.keys() == {"site", "loyaltyAccount"}


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (403, '{"success": false, "errorMsg": "Wrong \\"apiKey\\" value."}', KeyRefused),
        (405, "<html><title>405 Not Allowed</title></html>", KeyRefused),
        (404, '{"success": false, "errorMsg": "Not found"}', NotFound),
        (400, '{"success": false, "errorMsg": "x", "errors": {"site": "y"}}', Refused),
        (200, '{"success": false, "errorMsg": "Invalid data"}', Refused),
        (429, '{"success": false, "errorMsg": "too many"}', TooMany),
        (503, '{"success": false, "errorMsg": "API rate limit exceeded"}', TooMany),
        (503, "<html>", Away),
        (500, '{"success": false}', Away),
        (200, "<html>", Away),
        (200, "[1]", Away),
        (200, "[" * 100_000, Away),
        (302, "", KeyRefused),
    ],
)
def test_every_kind_of_no(status: int, body: str, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        understood(status, body.encode())
    assert type(raised.value) is error


def test_errors_are_kept_by_field_and_as_a_list() -> None:
    for told, kept in (({"site": "no"}, {"site": "no"}), (["a", "b"], {"0": "a", "1": "b"})):
        with pytest.raises(Refused) as raised:
            understood(400, json.dumps({"success": False, "errors": told}).encode())
        assert raised.value.errors == kept


async def test_the_request_is_the_documented_one() -> None:
    seen: list[Any] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((request.method, request.path, request.headers["X-API-KEY"],
                     request.content_type, dict(await request.post())))  # fmt: skip
        return web.json_response({"success": True, "loyaltyAccount": CREATED, "warnings": []})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    server = TestServer(app)
    await server.start_server()
    async with ClientSession() as session:
        crm = RetailCrm(Transport(session, f"http://127.0.0.1:{server.port}/", "k"))
        await crm.create_account(CREATED, "bitrix-test")
        await crm.credit(159, "100", "Monthly membership bonuses.", expireDate="2021-03-10")
        await crm.charge(159, "12.5")
    await server.close()
    method, path, key, kind, body = seen[0]
    assert (method, path, key) == ("POST", "/api/v5/loyalty/account/create", "k")
    assert kind == "application/x-www-form-urlencoded"
    assert json.loads(body["loyaltyAccount"]) == CREATED
    assert [(each[1], each[4]) for each in seen[1:]] == [
        (
            "/api/v5/loyalty/account/159/bonus/credit",
            {"amount": "100", "comment": "Monthly membership bonuses.", "expireDate": "2021-03-10"},
        ),
        ("/api/v5/loyalty/account/159/bonus/charge", {"amount": "12.5"}),
    ]


def test_ten_requests_a_second_after_a_few_at_once() -> None:
    now = 100.0
    pace = Pace(10, burst=2, seconds=lambda: now)
    waits = [round(pace.wait(), 3) for _ in range(5)]
    assert waits == [0, 0, 0.1, 0.2, 0.3]
    now += 10
    assert pace.wait() == 0
