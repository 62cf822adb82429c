"""Every answer that the documentation names, and some that no documentation would."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from backend.partners.mindbox.wire.answers import read_answer
from backend.partners.mindbox.wire.errors import (
    Complaint,
    Forbidden,
    MindboxError,
    NotAuthorised,
    ProtocolFault,
    RateLimited,
    Unavailable,
    Unreadable,
    ValidationFailed,
    WrongAddress,
)
from backend.partners.mindbox.wire.models import Answer
from tests.partners.mindbox.documentation import close, example_bytes

PROTOCOL = b"""{"status":"ProtocolError","errorMessage":"Ivan +79001234567",
"errorId":"4f4dc6cc-1e3e-4a4a-9f86-2f0c0a0e0001","httpStatusCode":"400"}"""
INTERNAL = b'{"status":"InternalServerError","errorMessage":"x","httpStatusCode":"500"}'
DAILY = '{"status":"ProtocolError","errorMessage":"Превышен лимит вызова одной операции в день"}'


def test_success_and_what_was_done_before() -> None:
    assert not read_answer(200, b'{"status":"Success"}').was_done_before
    assert read_answer(200, example_bytes("answer_already")).was_done_before


ERRORS: list[tuple[int, bytes, type[MindboxError], bool]] = [
    (200, example_bytes("answer_validation"), ValidationFailed, False),
    (200, PROTOCOL, ProtocolFault, False),
    (200, INTERNAL, Unavailable, True),
    (200, b'{"status":"SomethingNew"}', ProtocolFault, False),
    (400, PROTOCOL, ProtocolFault, False),
    (401, PROTOCOL, NotAuthorised, False),
    (403, PROTOCOL, Forbidden, False),
    (404, b"", WrongAddress, False),
    (404, PROTOCOL, ProtocolFault, False),
    (429, b"Too Many Requests", RateLimited, False),
    (429, DAILY.encode(), RateLimited, False),
    (500, INTERNAL, Unavailable, True),
    (502, b"<html>", Unavailable, True),
    (503, INTERNAL, Unavailable, True),
    (504, b"", Unavailable, True),
    (501, b"", Unavailable, False),
    (301, b"", ProtocolFault, False),
    (413, b"", ProtocolFault, False),
    (200, b"", Unreadable, True),
    (200, b"<!doctype html>", Unreadable, True),
    (200, b'{"status":"Succ', Unreadable, True),
    (200, b'["Success"]', Unreadable, True),
    (200, b'{"customer":{}}', Unreadable, True),
    (200, b"[" * 100_000, Unreadable, True),
]


@pytest.mark.parametrize(("status", "body", "kind", "repeatable"), ERRORS)
def test_every_refusal_is_an_error_of_its_own(
    status: int, body: bytes, kind: type[MindboxError], repeatable: bool
) -> None:
    with pytest.raises(MindboxError) as caught:
        read_answer(status, body)
    assert type(caught.value) is kind
    assert caught.value.repeatable is repeatable
    told = str(caught.value)
    assert "7900" not in told
    assert "Ivan" not in told
    assert "mymail" not in told


def test_complaints_name_their_fields() -> None:
    with pytest.raises(ValidationFailed) as caught:
        read_answer(200, example_bytes("answer_validation"))
    assert caught.value.complaints == (
        Complaint('"mymail" не является корректным адресом электронной почты.', "/customer/email"),
        Complaint("Заполните хотя бы один контакт."),
    )
    assert caught.value.locations == ("/customer/email", "")
    assert "/customer/email" in str(caught.value)


@pytest.mark.parametrize(
    "messages",
    [
        '{"validationMessage":[{"message":"m","location":"/a"}]}',
        '{"message":"m","location":"/a"}',
    ],
)
def test_complaints_as_xml_would_have_them(messages: str) -> None:
    body = f'{{"status":"ValidationError","validationMessages":{messages}}}'
    with pytest.raises(ValidationFailed) as caught:
        read_answer(200, body.encode())
    assert caught.value.complaints == (Complaint("m", "/a"),)


def test_an_error_has_its_id_for_the_vendors_support() -> None:
    with pytest.raises(ProtocolFault) as caught:
        read_answer(400, PROTOCOL)
    assert caught.value.error_id == "4f4dc6cc-1e3e-4a4a-9f86-2f0c0a0e0001"
    assert caught.value.error_id in str(caught.value)
    assert caught.value.message == "Ivan +79001234567"


@pytest.mark.parametrize(
    ("body", "header", "daily", "after"),
    [
        (b"Too Many Requests", "", False, 0),
        (b"", "7", False, 7),
        (b"", "Fri, 27 Nov 2026 10:00:00 GMT", False, 0),
        (DAILY.encode(), "", True, 0),
        (DAILY.replace("в день", "за сутки").encode(), "60", True, 60),
        (DAILY.replace("в день", "; отсутствует пауза").encode(), "", False, 0),
    ],
)
def test_two_limits_are_told_apart(body: bytes, header: str, daily: bool, after: float) -> None:
    with pytest.raises(RateLimited) as caught:
        read_answer(429, body, header)
    assert (caught.value.daily, caught.value.after) == (daily, after)


def test_a_customer_as_documented() -> None:
    customer = read_answer(200, example_bytes("answer_customer")).customer
    assert customer is not None
    assert customer.is_known
    assert customer.id("mindboxId") == "1135935890"
    assert customer.id("TGID") == customer.id("tGID") == "77"
    assert customer.id("KarmanID") == ""
    assert (customer.mobile_phone, customer.pending_mobile_phone) == ("79001234567", "79652026149")
    assert (customer.is_mobile_phone_confirmed, customer.is_email_invalid) == (True, False)
    assert (customer.email, customer.pending_email) == ("test@mindbox.ru", "new@mindbox.ru")
    assert (customer.birth_date, customer.sex) == (date(1990, 1, 31), "female")
    assert customer.area is not None
    assert customer.area.ids == {"externalId": "MoscowCity"}
    [subscription] = customer.subscriptions
    assert (subscription.point_of_contact, subscription.is_subscribed) == ("Sms", True)
    assert customer.change_date_time_utc == datetime(2018, 10, 22, 22, 4, 40, 760_000, UTC)


@pytest.mark.parametrize("name", ["answer_balances", "answer_balances_chat_bot"])
def test_both_spellings_of_a_balance(name: str) -> None:
    [balance] = read_answer(200, example_bytes(name)).balances
    assert balance.system_name == "Main"
    assert (balance.total, balance.available, balance.blocked) == (
        Decimal("1500.50"), Decimal("1200.25"), Decimal("300.25"),
    )  # fmt: skip


def test_promotions_as_documented() -> None:
    first, second = read_answer(200, example_bytes("answer_promotions")).promo_actions
    assert first.ids == {"externalId": "promotion-51"}
    assert first.start_date_time_utc == datetime(2024, 10, 13, 12, 28, 53, 288_514, UTC)
    assert (first.end_date_time_utc, first.codes) == (None, [])
    assert second.codes == ["AA006", "AA017"]


def test_balance_history_as_documented() -> None:
    answer = read_answer(200, example_bytes("answer_balance_history"))
    [action] = answer.customer_actions
    [change] = action.customer_balance_changes
    assert action.date_time_utc == datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert action.order is not None
    assert action.order.ids == {"externalId": "order-7"}
    assert (change.change_amount, change.balance_change_kind) == (
        Decimal("99.50"), "RetailOrderBonus",
    )  # fmt: skip
    assert answer.customer_actions_count == 1


def answer_with(**parts: object) -> Answer:
    return read_answer(200, close({"status": "Success", **parts}))


def test_what_is_new_does_no_harm() -> None:
    answer = answer_with(
        brandNew={"deep": [1]},
        customer={"ids": {"mindboxId": 5}, "loyaltyTierOfTomorrow": {"x": 1}},
        discountCards=[{"ids": {"number": "1"}, "status": {"ids": {"systemName": "Frozen"}}}],
    )
    assert answer.customer is not None
    assert answer.customer.id("mindboxId") == "5"
    assert answer.discount_cards[0].status == "Frozen"


def test_what_is_odd_does_no_harm() -> None:
    answer = answer_with(
        customer={"ids": None, "mobilePhone": None, "birthDate": "31.01.1990", "sex": 1,
                  "isEmailConfirmed": "true", "subscriptions": None, "customFields": []},
        discountCard="none", balances=None, orders={"ids": {"externalId": "1"}},
        customerActions=[None, {"dateTimeUtc": "yesterday", "customerBalanceChanges": "none"}],
    )  # fmt: skip
    assert answer.customer is not None
    assert not answer.customer.is_known
    assert answer.customer.is_email_confirmed
    assert (answer.customer.birth_date, answer.customer.subscriptions) == (None, [])
    assert (answer.discount_card, answer.balances) == (None, [])
    assert answer.orders[0].ids == {"externalId": "1"}
    [action] = answer.customer_actions
    assert (action.date_time_utc, action.customer_balance_changes) == (None, [])


def test_cards_and_changes_wrapped_as_xml_would_have_them() -> None:
    card = {"ids": {"number": "231"}, "status": {"ids": {"systemName": "Blocked"}},
            "type": {"ids": {"externalId": "gold"}, "name": "Gold"}}  # fmt: skip
    answer = answer_with(
        discountCards=[{"discountCard": card}],
        customerActions=[
            {"customerBalanceChanges": {"customerBalanceChange": {"changeAmount": 5}}}
        ],
    )
    [shown] = answer.discount_cards
    assert (shown.number(), shown.status, shown.type_id) == ("231", "Blocked", "gold")
    assert answer.customer_actions[0].customer_balance_changes[0].change_amount == 5


@pytest.mark.parametrize(
    "name", ["bonusPointsInfoPerBalanceType", "bonusPointsInfoPerBalanceTypes"]
)
def test_both_names_of_an_orders_points(name: str) -> None:
    points = {"earnedAmount": "10.5", "spentAmount": None}
    [order] = answer_with(orders=[{"totalPrice": 1990, name: [points]}]).orders
    assert order.total_price == 1990
    assert (order.points[0].earned_amount, order.points[0].spent_amount) == (Decimal("10.5"), None)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "much", True, [], {}])
def test_no_amount_is_made_of_what_is_none(amount: object) -> None:
    [balance] = answer_with(balances=[{"available": amount}]).balances
    assert balance.available is None
