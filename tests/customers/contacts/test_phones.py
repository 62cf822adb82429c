"""What people type for a phone number, and where a code may go."""

import random
from dataclasses import replace

import pytest

from backend.customers.contacts.verify_ask import ask_again, ask_code, is_confirmed, number_for_code
from backend.customers.contacts.verify_settle import prove_by_button
from backend.platform.context import Context
from catalog.questions.phone import phone_in_words, shared_phone, typed_phone
from models.contact import ContactKind
from models.outbox import OutboxEvent
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.factory.customers import someone


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("+7 916 123-45-67", "+79161234567"),
        ("8 916 123 45 67", "+79161234567"),
        ("8(916)1234567", "+79161234567"),
        ("8-916-123-45-67", "+79161234567"),
        ("8 — 916 — 123 — 45 — 67", "+79161234567"),
        ("8.916.123.45.67", "+79161234567"),
        ("79161234567", "+79161234567"),
        ("7 916 123 45 67", "+79161234567"),
        ("9161234567", "+79161234567"),
        ("916 123-45-67", "+79161234567"),
        ("+7(916)123-45-67", "+79161234567"),
        ("+8 916 123 45 67", "+79161234567"),
        ("8 10 7 916 123 45 67", "+79161234567"),
        ("007 916 123 45 67", "+79161234567"),
        ("８ ９１６ １２３ ４５ ６７", "+79161234567"),
        ("8\u00a0916\u2009123\u201145\u201167", "+79161234567"),
        (" +7 916 123 45 67 ", "+79161234567"),
        ("8 495 123 45 67", "+74951234567"),
        ("84951234567", "+74951234567"),
        ("84912345678", "+74912345678"),
        ("8 800 555 35 35", "+78005553535"),
        ("87011234567", "+77011234567"),
        ("77011234567", "+77011234567"),
        ("375 29 123-45-67", "+375291234567"),
        ("375291234567", "+375291234567"),
        ("+375 29 123-45-67", "+375291234567"),
        ("8 10 375 29 1234567", "+375291234567"),
        ("37491123456", "+37491123456"),
        ("996555123456", "+996555123456"),
        ("+84 912 345 678", "+84912345678"),
        ("+49 151 23456789", "+4915123456789"),
    ],
)
def test_a_number_is_what_a_person_in_russia_means(typed: str, meant: str) -> None:
    assert typed_phone(typed) == meant


@pytest.mark.parametrize(
    ("typed", "home", "meant"),
    [
        ("8 029 123 45 67", "BY", "+375291234567"),
        ("80291234567", "BY", "+375291234567"),
        ("291234567", "BY", "+375291234567"),
        ("8 701 123 45 67", "KZ", "+77011234567"),
        ("8 916 123 45 67", "KZ", "+79161234567"),
        ("091 123456", "AM", "+37491123456"),
        ("0555 123 456", "KG", "+996555123456"),
        ("0151 23456789", "DE", "+4915123456789"),
        ("+7 916 123 45 67", "DE", "+79161234567"),
    ],
)
def test_the_country_of_the_person_comes_first(typed: str, home: str, meant: str) -> None:
    assert typed_phone(typed, home) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345",
        "112",
        "+7 916",
        "код",
        "8 916 123 45 6",
        "8 916 123 45 67 8",
        "8 916 123 45 67, Анна",
        "8 916 123 45 67 доб. 5",
        "8 916 CALL NOW",
        "++79161234567",
        "8 029 123 45 67",
        "4600000000015",
        "9" * 5000,
        "\u0660" * 11,
        "8916123456７\u0000",
    ],
)
def test_anything_else_is_no_number(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        typed_phone(typed)
    assert refused.value.code is Code.INVALID_ANSWER
    assert refused.value.details["why"] == "wrong"


@pytest.mark.parametrize(
    ("shared", "meant"),
    [
        ("79161234567", "+79161234567"),
        ("+7 916 123 45 67", "+79161234567"),
        ("84912345678", "+84912345678"),
        ("380501234567", "+380501234567"),
        ("12025550143", "+12025550143"),
        ("9161234567", "+79161234567"),
    ],
)
def test_telegram_shares_international_numbers(shared: str, meant: str) -> None:
    assert shared_phone(shared) == meant


NO_CODE = {
    "8 495 123 45 67": "landline",
    "84951234567": "landline",
    "+7 495 123-45-67": "landline",
    "8 3852 12 34 56": "landline",
    "+375 17 123-45-67": "landline",
    "8 800 555 35 35": "toll_free",
    "+78005553535": "toll_free",
    "8 809 505 12 34": "no_sms",
    "+882 16 123 4567": "no_sms",
    "+84 912 345 678": "country",
    "+1 202 555 0143": "country",
    "+49 151 23456789": "country",
    "8 916": "wrong",
}


async def test_nothing_leaves_for_a_number_that_takes_no_code(ctx: Context, database: str) -> None:
    anna = await someone(ctx, 1)
    found = {}
    for typed in NO_CODE:
        with pytest.raises(Refusal) as refused:
            await ask_code(ctx, anna, typed)
        found[typed] = refused.value.details["why"]
    assert found == NO_CODE
    assert not await OutboxEvent.exclude(kind="CustomerJoined").exists(), "no SMS is asked for"


async def test_the_countries_are_a_setting(ctx: Context, database: str) -> None:
    anna = await someone(ctx, 1)
    german = replace(ctx, sms_countries=("DE", "AT"))
    assert await number_for_code(german, anna, "0151 23456789") == "+4915123456789"
    with pytest.raises(Refusal) as refused:
        await number_for_code(german, anna, "+79161234567")
    assert refused.value.details["why"] == "country"
    asked = await ask_code(ctx, anna, "+79161234567")
    assert asked.value == "+79161234567"
    with pytest.raises(Refusal):
        await ask_again(german, anna, ContactKind.PHONE)


async def test_a_confirmed_number_of_another_country_is_home(
    ctx: Context, clock: StoppedClock, database: str
) -> None:
    olga = await someone(ctx, 1)
    await prove_by_button(ctx, olga, "375291234567")
    assert await number_for_code(ctx, olga, "8 029 765 43 21") == "+375297654321"
    assert await is_confirmed(ctx, olga, "+375291234567")
    han = await someone(ctx, 2)
    await prove_by_button(ctx, han, "84912345678")
    assert await number_for_code(ctx, han, "0912345678") == "+84912345678", "known: no code leaves"


def test_numbers_are_shown_as_they_are_asked_for() -> None:
    assert phone_in_words("+79161234567") == "+7 916 123-45-67"
    assert phone_in_words("+375291234567") == "+375 29 123-45-67"
    assert phone_in_words("anna@example.ru") == "anna@example.ru"
    assert phone_in_words("") == ""


def test_a_plain_number_is_read_as_one_that_is_written_otherwise() -> None:
    chance = random.Random(7)
    for _ in range(2000):
        plain = f"+79{chance.randrange(10**9):09}"
        told = []
        for typed in (plain, f" {plain[:2]} {plain[2:]}"):
            try:
                told.append(typed_phone(typed))
            except Refusal as refusal:
                told.append(str(refusal.code))
        assert told[0] == told[1], plain
    assert typed_phone("+79161234567") == "+79161234567"
