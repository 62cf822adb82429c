"""The double refuses what Mindbox refuses: a test that passes against it says something."""

import json
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from tests.partners.mindbox.conftest import SECRET
from tests.partners.mindbox.double import MindboxDouble
from tests.partners.mindbox.project import Project

HEADERS = {
    "Authorization": f"SecretKey {SECRET}",
    "Accept": "application/json",
    "Content-Type": "application/json",
}
WHO = {"customer": {"ids": {"KarmanID": "1"}}}
Told = tuple[int, dict[str, Any]]


class Caller:
    def __init__(self, host: str, session: aiohttp.ClientSession) -> None:
        self.host, self.session = host, session

    async def __call__(
        self, operation: str, body: Any, way: str = "sync", leave: str = "", **query: str
    ) -> Told:
        asked = {"endpointId": "Wallet", "operation": operation, "transactionId": str(uuid4())}
        asked = {name: value for name, value in (asked | query).items() if value}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {name: value for name, value in HEADERS.items() if name != leave}
        async with self.session.post(
            f"{self.host}/v3/operations/{way}", params=asked, data=data, headers=headers
        ) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text.startswith("{") else {}


@pytest.fixture
def call(host: str, session: aiohttp.ClientSession) -> Caller:
    return Caller(host, session)


def customer(**fields: Any) -> dict[str, Any]:
    return {"customer": {"ids": {"KarmanID": "1"}, "mobilePhone": "79001234567"} | fields}


SHAPES: list[tuple[str, Any]] = [
    ("RegisterCustomer", customer(shoe=43)),
    ("RegisterCustomer", customer(lastName=5)),
    ("RegisterCustomer", customer(mobilePhone=True)),
    ("RegisterCustomer", customer(ids={"OtherID": "1"})),
    ("RegisterCustomer", customer(ids={"KarmanID": " "})),
    ("RegisterCustomer", customer(customFields={"Nothing": "1"})),
    ("RegisterCustomer", customer(area={"ids": {"externalId": "Paris"}})),
    ("RegisterCustomer", customer(subscriptions=[{"pointOfContact": "Sms"}])),
    ("RegisterCustomer", customer(subscriptions=[{"brand": "Nobody", "pointOfContact": "Sms"}])),
    (
        "RegisterCustomer",
        customer(subscriptions=[{"brand": "Northline", "pointOfContact": "Pigeon"}]),
    ),
    (
        "RegisterCustomer",
        customer(
            subscriptions=[{"brand": "Transparent", "pointOfContact": "Sms", "topic": "Sales"}]
        ),
    ),
    (
        "RegisterCustomer",
        customer(
            subscriptions=[{"brand": "Northline", "pointOfContact": "Sms", "isSubscribed": "yes"}]
        ),
    ),
    ("RegisterCustomer", customer() | {"pointOfContact": "Nowhere"}),
    ("RegisterCustomer", customer() | {"more": 1}),
    ("RegisterCustomer", {}),
    ("RegisterCustomer", []),
    ("BindCard", WHO),
    ("BindCard", WHO | {"discountCard": {"ids": {"number": 231}}}),
    ("BindCard", WHO | {"discountCard": {"ids": {"barcode": "231"}}}),
    ("GetCustomerOrders", WHO),
    ("GetCustomerOrders", WHO | {"page": {"pageNumber": 0, "itemsPerPage": 10}}),
    ("GetCustomerOrders", WHO | {"page": {"pageNumber": 1, "itemsPerPage": 1001}}),
    ("ConfirmPhone", customer()),
    ("ConfirmPhone", customer() | {"executionDateTimeUtc": "2018-12-19T20:01:58Z"}),
]


@pytest.mark.parametrize(("operation", "body"), SHAPES)
async def test_a_body_of_the_wrong_shape(call: Caller, operation: str, body: Any) -> None:
    status, told = await call(f"CardsMobile.{operation}", body)
    assert (status, told["status"], told["httpStatusCode"]) == (400, "ProtocolError", "400")
    assert told["errorId"]


VALUES = [
    ({"mobilePhone": "+79001234567"}, "/customer/mobilePhone"),
    ({"mobilePhone": "89001234567"}, "/customer/mobilePhone"),
    ({"mobilePhone": 7900123456}, "/customer/mobilePhone"),
    ({"email": "mymail"}, "/customer/email"),
    ({"birthDate": "31.01.1990"}, "/customer/birthDate"),
    ({"birthDate": "1990-02-31"}, "/customer/birthDate"),
    ({"sex": "M"}, "/customer/sex"),
]


@pytest.mark.parametrize(("fields", "location"), VALUES)
async def test_a_value_that_does_not_do(
    call: Caller, project: Project, fields: dict[str, Any], location: str
) -> None:
    status, told = await call("CardsMobile.RegisterCustomer", customer(**fields))
    assert (status, told["status"]) == (200, "ValidationError")
    assert [each["location"] for each in told["validationMessages"]] == [location]
    assert not project.people


async def test_somebody_without_a_contact(call: Caller) -> None:
    _, told = await call("CardsMobile.RegisterCustomer", WHO)
    assert told["validationMessages"] == [{"message": "Заполните хотя бы один контакт."}]


async def test_the_door(call: Caller, double: MindboxDouble) -> None:
    info, register = "CardsMobile.GetCustomerInfo", "CardsMobile.RegisterCustomer"
    got = [
        (await call(info, WHO, leave="Authorization"))[0],
        (await call(info, WHO, endpointId="Other"))[0],
        (await call(info, WHO, endpointId="Nowhere"))[0],
        (await call("Website.GetCustomer", WHO))[0],
        (await call(info, WHO, leave="Accept"))[0],
        (await call(info, WHO, deviceUUID="phone"))[0],
        (await call(info, WHO, more="1"))[0],
        (await call(info, b"{", way="sync"))[0],
        (await call(info, WHO, way="bulk"))[0],
        (await call(info, WHO, way="later"))[0],
        (await call(register, customer(), transactionId=""))[0],
        (await call(register, customer(), transactionId="42"))[0],
        (await call(info, WHO, transactionId=""))[0],
    ]
    assert got == [401, 403, 400, 400, 400, 400, 400, 400, 400, 404, 400, 400, 200]
    assert double.project.calls == {info: 1}


async def test_who_asks_for_what_is_not_there_is_shut_out(call: Caller) -> None:
    got = [(await call("x", WHO, way="later"))[0] for _ in range(51)]
    assert got == [404] * 49 + [429] * 2


async def test_limits_of_a_minute_and_of_a_day(call: Caller, double: MindboxDouble) -> None:
    double.per_minute = 2
    got = [await call("CardsMobile.GetCustomerInfo", WHO) for _ in range(3)]
    assert [status for status, _ in got] == [200, 200, 429]
    assert got[2][1] == {}
    double.per_minute, double.per_day = 9, 2
    status, told = await call("CardsMobile.GetCustomerInfo", WHO)
    assert (status, told["status"]) == (429, "ProtocolError")
    assert (await call("CardsMobile.CheckCustomer", WHO))[0] == 200


async def test_a_contact_belongs_to_one(call: Caller, project: Project) -> None:
    await call("CardsMobile.RegisterCustomer", customer())
    other = {"ids": {"KarmanID": "2"}, "mobilePhone": "79001234567"}
    _, told = await call("CardsMobile.RegisterCustomer", {"customer": other})
    assert told["validationMessages"][0]["location"] == "/customer/mobilePhone"
    taken = {"ids": {"mindboxId": 1001, "KarmanID": "2"}}
    project.add_person(ids={"KarmanID": "2"})
    _, told = await call("CardsMobile.EditCustomer", {"customer": taken})
    assert told["validationMessages"][0]["location"] == "/customer/ids/KarmanID"


async def test_a_card_is_bound_to_one(call: Caller, project: Project) -> None:
    project.add_cards("north-virtual", "231")
    project.add_person(ids={"KarmanID": "1"})
    project.add_person(ids={"KarmanID": "2"})
    got = []
    for who, number in (("3", "231"), ("1", "999"), ("1", "231"), ("1", "231"), ("2", "231")):
        body = {"customer": {"ids": {"KarmanID": who}}, "discountCard": {"ids": {"number": number}}}
        _, told = await call("CardsMobile.BindCard", body)
        got.append(told["discountCard"]["processingStatus"])
    assert got == [
        "NotProcessed", "NotFound", "Bound", "AlreadyBoundToCurrentCustomer",
        "AlreadyBoundToAnotherCustomer",
    ]  # fmt: skip
    assert project.cards["231"].history == ["bound to 1001"]
    assert project.totals()["bound"] == {"north-virtual": 1}


async def test_a_confirmed_phone_stays_until_the_new_one_is_confirmed(
    call: Caller, project: Project
) -> None:
    at = {"executionDateTimeUtc": "2026-11-28 05:00:00.000"}
    await call("CardsMobile.RegisterCustomer", customer())
    got = [await call("CardsMobile.ConfirmPhone", customer() | at) for _ in range(2)]
    new = customer(mobilePhone="79007654321")
    await call("CardsMobile.EditCustomer", new)
    person = project.people[1001]
    assert person.fields["mobilePhone"] == "79001234567"
    assert person.pending == {"mobilePhone": "79007654321"}
    got.append(await call("CardsMobile.ConfirmPhone", new | at))
    assert [told["mobilePhoneConfirmation"]["processingStatus"] for _, told in got] == [
        "MobilePhoneConfirmed", "MobilePhoneAlreadyConfirmed", "MobilePhoneConfirmed",
    ]  # fmt: skip
    assert (person.fields["mobilePhone"], person.pending) == ("79007654321", {})


async def test_ids_come_back_in_camel_case_and_fields_can_be_cleared(
    call: Caller, project: Project
) -> None:
    body = customer(ids={"TGID": "77"}, lastName="Иванова", customFields={"City": "Москва"})
    await call("CardsMobile.RegisterCustomer", body)
    await call("CardsMobile.EditCustomer", customer(ids={"TGID": "77"}, lastName="%CLEAR%"))
    _, told = await call("CardsMobile.GetCustomerInfo", {"customer": {"ids": {"TGID": "77"}}})
    assert told["customer"]["ids"] == {"mindboxId": 1001, "tGID": "77"}
    assert told["customer"]["customFields"] == {"city": "Москва"}
    assert "lastName" not in told["customer"]
    assert told["customer"]["mobilePhone"] == 79001234567


async def test_async_says_no_more_than_that_it_was_taken(call: Caller, project: Project) -> None:
    told = await call("CardsMobile.RegisterCustomer", customer(), way="async")
    assert told == (200, {"status": "Success"})
    assert len(project.people) == 1
