"""What leaves for Mindbox, held against the examples of its documentation: to the byte."""

import gzip
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from backend.partners.mindbox.wire import bodies, cards
from backend.partners.mindbox.wire.bodies import Body, CustomerBody, SubscriptionBody
from backend.partners.mindbox.wire.client import Authorisation, Device
from tests.partners.mindbox.conftest import Client
from tests.partners.mindbox.documentation import close, example
from tests.partners.mindbox.double import MindboxDouble
from tests.partners.mindbox.project import Project

TRANSACTION = UUID("7f1a1a52-0df1-4b8c-9d4f-2f0c0a0e0001")
DEVICE = UUID("7f1a1a52-0df1-4b8c-9d4f-2f0c0a0e0002")
WEB_SITE = CustomerBody(ids={"webSiteUserId": "5384275"})

IN_ORDER: dict[str, Body] = {
    "get_customer": bodies.operation(WEB_SITE),
    "promotions": bodies.operation(CustomerBody(ids={"mindboxId": "2305"})),
    "bind_xml": bodies.binding(CustomerBody(ids={"webSiteId": "52367"}), "231534554262"),
    "unbind_xml": bodies.one_card("231534554262"),
    "replace_xml": bodies.replacement("421432234321", "421432234334"),
    "confirm_phone_xml": bodies.confirmed_phone(
        CustomerBody(ids={"mindboxId": "1135935890"}, mobile_phone="79001234567"),
        datetime(2018, 12, 19, 20, 1, 58, 95_999, tzinfo=UTC),
    ),
}


@pytest.mark.parametrize("name", IN_ORDER)
def test_a_body_is_the_documentations_to_the_byte(name: str) -> None:
    assert bodies.written(IN_ORDER[name]) == close(example(name))


IN_ANY_ORDER: dict[str, Body] = {
    "register": bodies.operation(
        CustomerBody(
            ids={"bitrixId": "346257"},
            mobile_phone=79374134389,
            full_name="Петров Иван",
            email="test@mindbox.ru",
            custom_fields={"city": "Mосква", "b2b": True, "childrenNames": ["Маша", "Петя"]},
            subscriptions=[
                SubscriptionBody(point_of_contact="Sms", topic="News"),
                SubscriptionBody(point_of_contact="Email", topic="Digest"),
            ],
        )
    ),
    "edit": bodies.operation(
        CustomerBody(
            ids={"bitrixId": "346257"},
            email="pivan@mindbox.ru",
            mobile_phone=79374134389,
            last_name="Петров",
            first_name="Иван",
            custom_fields={"city": "Mосква", "b2b": True},
            subscriptions=[
                SubscriptionBody(
                    point_of_contact=channel, topic="Recommendation", is_subscribed=yes
                )
                for channel, yes in (("Sms", False), ("Email", True))
            ],
        )
    ),
}


@pytest.mark.parametrize("name", IN_ANY_ORDER)
def test_where_the_examples_disagree_on_the_order_the_rest_is_the_same(name: str) -> None:
    """The template has lastName before mobilePhone, the examples have it after."""
    sent = json.loads(bodies.written(IN_ANY_ORDER[name]))
    assert close(sent, in_order=False) == close(example(name), in_order=False)


def test_fields_stand_in_the_order_of_the_template() -> None:
    whole = CustomerBody(
        ids={"a": "1"}, last_name="1", first_name="2", middle_name="3", mobile_phone="79001234567",
        email="e@e.ru", area_id="Moscow", custom_fields={"x": "1"},
        subscriptions=[SubscriptionBody(point_of_contact="Sms", topic="News")],
    )  # fmt: skip
    assert list(bodies.operation(whole)["customer"]) == [
        "ids", "lastName", "firstName", "middleName", "mobilePhone", "email", "area",
        "customFields", "subscriptions",
    ]  # fmt: skip


def test_a_field_is_cleared_by_its_word() -> None:
    body = bodies.operation(CustomerBody(ids={"a": "1"}, mobile_phone=bodies.CLEAR))
    assert body["customer"]["mobilePhone"] == "%CLEAR%"


def test_what_is_empty_is_left_out_and_what_is_false_is_not() -> None:
    subscription = SubscriptionBody(brand="North", point_of_contact="Sms", is_subscribed=False)
    customer = CustomerBody(ids={"a": "1"}, custom_fields={"b2b": False}, email="")
    body = bodies.operation(customer, point_of_contact="", page=None)
    assert body == {"customer": {"ids": {"a": "1"}, "customFields": {"b2b": False}}}
    assert subscription.body() == {
        "brand": "North", "pointOfContact": "Sms", "isSubscribed": False,
    }  # fmt: skip


def test_a_page_is_never_more_than_the_documentation_allows() -> None:
    assert bodies.page(5000) == {"pageNumber": 1, "itemsPerPage": 1000}
    assert bodies.page(0, 3) == {"pageNumber": 3, "itemsPerPage": 1}


@pytest.mark.parametrize("spelt", ["+79001234567", "+7 900 123-45-67", "79001234567"])
def test_phones_are_digits(spelt: str) -> None:
    assert bodies.phone_digits(spelt) == "79001234567"


async def test_a_read_on_the_wire(client: Client, double: MindboxDouble) -> None:
    body = bodies.operation(CustomerBody(ids={"KarmanID": "5384275"}))
    await client().read("CardsMobile.GetCustomerInfo", body)
    [(path, headers, sent)] = double.raw
    assert path == ("/v3/operations/sync?endpointId=Wallet&operation=CardsMobile.GetCustomerInfo")
    assert sent == b'{"customer":{"ids":{"KarmanID":"5384275"}}}'
    assert headers["Authorization"] == "SecretKey D061p764m85bklq"
    assert headers["Accept"] == headers["Content-Type"] == "application/json"
    assert "X-Customer-IP" not in headers


async def test_a_write_on_the_wire(client: Client, double: MindboxDouble) -> None:
    body = bodies.operation(CustomerBody(ids={"KarmanID": "1"}, mobile_phone="79001234567"))
    older = client(authorisation=Authorisation.MINDBOX)
    device = Device("203.0.113.7", DEVICE)
    await older.write("CardsMobile.RegisterCustomer", body, TRANSACTION, device)
    await older.queue("CardsMobile.EditCustomer", body, TRANSACTION)
    (path, headers, _), (later, _, _) = double.raw
    assert path == (
        "/v3/operations/sync?endpointId=Wallet&operation=CardsMobile.RegisterCustomer"
        f"&deviceUUID={DEVICE}&transactionId={TRANSACTION}"
    )
    assert headers["Authorization"] == 'Mindbox secretKey="D061p764m85bklq"'
    assert headers["X-Customer-IP"] == "203.0.113.7"
    assert later.startswith("/v3/operations/async?endpointId=Wallet&operation=")


async def test_a_file_of_numbers_on_the_wire(
    client: Client, double: MindboxDouble, project: Project
) -> None:
    [csv] = cards.card_files([("6768953", "north-virtual"), ("6768954", "sea-virtual")])
    mindbox = client()
    for _ in range(2):
        await mindbox.upload(cards.IMPORT, cards.packed(csv), TRANSACTION, cards.OPTIONS)
    path, headers, sent = double.raw[0]
    assert path == (
        "/v3/operations/bulk?endpointId=Wallet&operation=DirectCrm.DiscountCards.ImportCards"
        f"&csvCodePage=65001&transactionId={TRANSACTION}"
    )
    assert headers["Content-Type"] == "text/csv;charset=utf-8"
    assert headers["Content-Encoding"] == "gzip"
    assert sent == csv == b"Number;Type\n6768953;north-virtual\n6768954;sea-virtual\n"
    assert sorted(project.cards) == ["6768953", "6768954"]
    assert project.imports == 1


def test_files_are_as_large_as_allowed_and_lose_no_number() -> None:
    rows = [(f"{n:06d}", "north-virtual") for n in range(1000)]
    files = list(cards.card_files(rows, most=5_000))
    assert len(files) > 3
    assert all(len(file) <= 5_000 for file in files)
    lines = [line for file in files for line in file.decode().splitlines()[1:]]
    assert lines == [f"{number};{kind}" for number, kind in rows]
    assert list(cards.card_files([])) == []
    packed = cards.packed(files[0])
    assert packed == cards.packed(files[0])
    assert gzip.decompress(packed) == files[0]


@pytest.mark.parametrize("number", ["", "12;34", '12"34', "12\n34"])
def test_a_number_that_would_need_quotes_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="delimiter"):
        list(cards.card_files([(number, "north-virtual")]))
