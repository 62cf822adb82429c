"""The same rules when Мария's program sends JSON: every mistake at its place, in the same words."""

import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from catalog.bilingual import Bilingual
from catalog.entries.account import AccountEntry
from catalog.entries.brand import BrandEntry
from catalog.entries.design.design import DesignEntry
from catalog.entries.document import DocumentEntry
from catalog.entries.mistakes import Mistake, mistakes_of
from catalog.entries.number import NumberEntry
from catalog.entries.offer import OfferEntry
from catalog.entries.program import ProgramEntry
from catalog.entries.store import StoreEntry
from catalog.entries.values.around import Around
from catalog.entries.values.entry import Entry
from catalog.questions.question import FieldType
from models.barcode_format import BarcodeFormat

AROUND = Around(
    ZoneInfo("Asia/Yekaterinburg"), Bilingual("ООО «Лавка»", "Lavka LLC"), BarcodeFormat.EAN13
)
BOTH = {"ru": "Лавка", "en": "Lavka"}
TEXT = "# Согласие\n\nООО «Лавка» " + "и так далее " * 30
TEXT_EN = "# Consent\n\nLavka LLC " + "and so on " * 30
COLOURS = {"primary": "#1f6f50", "secondary": "#F4C95D"}
LABEL = {"ru": "Сколько?", "en": "How many?"}

ACCOUNT = {
    "legal_name": BOTH,
    "address": BOTH,
    "inn": "0000012341",
    "privacy_email": "privacy@lavka.example",
}
PROGRAM = {
    "name": BOTH,
    "barcode_format": "ean13",
    "design": COLOURS,
    "questionnaire": [
        {"key": "birth_date", "min_age": 18},
        {"key": "cups", "type": "number", "label": LABEL, "smallest": 1, "largest": 9},
    ],
    "plastic": False,
}
BRAND = {"name": BOTH, "category": "groceries", "program": "lavka-card"}
OFFER = {
    "benefit": BOTH,
    "terms": BOTH,
    "pictures": ["a" * 64],
    "cities": ["kazan"],
    "status": "published",
    "starts": "2026-01-01",
}
STORE = {"key": "kazan-1", "city": "kazan", "address": "ул. Баумана, 5", "lat": 55.79, "lon": 49.11}
DOCUMENT = {
    "purpose": "advertising",
    "version": 1,
    "effective_from": "2026-01-01",
    "channels": ["email"],
    "ru": TEXT,
    "en": TEXT_EN,
}
NUMBER = {"printed_number": "4600 0000 0001 5"}
RIGHT: list[tuple[type[Entry], dict[str, Any]]] = [
    (AccountEntry, ACCOUNT),
    (ProgramEntry, PROGRAM),
    (DesignEntry, COLOURS),
    (BrandEntry, BRAND),
    (OfferEntry, OFFER),
    (StoreEntry, STORE),
    (DocumentEntry, DOCUMENT),
    (NumberEntry, NUMBER),
]


def mistakes(model: type[Entry], given: Any) -> list[Mistake]:
    try:
        model.model_validate(given, context=AROUND)
    except ValidationError as found:
        return list(mistakes_of(model, found, "the body"))
    return []


def the_mistake(model: type[Entry], given: Any) -> tuple[tuple[int | str, ...], str, str]:
    (only,) = mistakes(model, given)
    return only.way, only.what, only.expected


@pytest.mark.parametrize(("model", "given"), RIGHT)
def test_what_is_right_is_taken(model: type[Entry], given: dict[str, Any]) -> None:
    assert mistakes(model, given) == []


@pytest.mark.parametrize(("model", "given"), RIGHT)
def test_what_must_be_there_is_missing_also_as_null(
    model: type[Entry], given: dict[str, Any]
) -> None:
    wanted = {name for name, field in model.model_fields.items() if field.is_required()}
    for without in ({}, dict.fromkeys(wanted)):
        missing = {each.way[0] for each in mistakes(model, without) if "is missing" in each.what}
        assert missing >= wanted


JUNK: list[Any] = [
    12, 10**5000, -1.5, float("nan"), float("inf"), True, [], ["a"], {}, {"a": 1}, "", " ", "\0",
    "\ud800", "x" * 10_000_000, [[]] * 100_000, [None], [{}], {"ru": [], "en": {}},
    dict.fromkeys(map(str, range(20_000)), "x"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "given"), RIGHT)
def test_any_junk_anywhere_is_told_in_a_moment(model: type[Entry], given: dict[str, Any]) -> None:
    started = time.process_time()
    for name in model.model_fields:
        for junk in JUNK:
            for each in mistakes(model, given | {name: junk}):
                assert len(each.what) < 400, each.what
                assert each.expected
    assert time.process_time() - started < 20


@pytest.mark.parametrize("junk", [None, 5, "text", [], [1], True])
def test_a_body_that_is_no_object(junk: Any) -> None:
    way, what, expected = the_mistake(AccountEntry, junk)
    assert (way, expected) == ((), "keys with values")
    assert what.startswith("the body is ")


def test_an_unknown_key_is_told_with_the_nearest_one() -> None:
    assert the_mistake(BrandEntry, BRAND | {"colors": COLOURS}) == (
        ("colors",),
        "unknown key 'colors'",
        "one of about, aliases, category, colours, logo, name, program, website"
        " (did you mean 'colours'?)",
    )
    way, what, _ = the_mistake(BrandEntry, BRAND | {"name": BOTH | {"de": None}})
    assert (way, what) == (("name", "de"), "unknown key 'name.de'")


def test_the_number_of_a_mistake_is_its_way() -> None:
    questions = [{"key": "phone"}, {"key": "cups", "type": "number", "label": {"ru": "Сколько?"}}]
    assert the_mistake(ProgramEntry, PROGRAM | {"questionnaire": questions}) == (
        ("questionnaire", 1, "label", "en"),
        "label.en is missing",
        "the English text",
    )


def test_the_same_twice_names_the_first() -> None:
    (only,) = mistakes(OfferEntry, OFFER | {"cities": ["kazan", "moscow", "kazan"]})
    assert (only.way, only.first) == (("cities", 2), ("cities", 0))
    assert only.what == "'kazan' stands twice in cities"


def test_mistakes_of_a_list_and_of_its_items_come_together() -> None:
    questions = [{"key": "phone", "min_age": 3}, {"key": "phone"}, {"key": "fone"}]
    told = {each.what for each in mistakes(ProgramEntry, PROGRAM | {"questionnaire": questions})}
    assert told == {
        "field 'phone' is asked twice",
        "min_age stands on phone",
        "key is 'fone', no standard field",
    }


@pytest.mark.parametrize(
    ("question", "way", "what"),
    [
        ({"key": "phone", "label": LABEL}, "label", "label stands on the standard field phone"),
        ({"key": "phone", "type": "text"}, "type", "type stands on the standard field phone"),
        ({"key": "q", "type": "phone", "label": LABEL}, "type", "type is for standard fields"),
        ({"key": "q", "type": "text"}, "label", "label is missing"),
        ({"key": "Q", "type": "text", "label": LABEL}, "key", "key is 'Q'"),
        ({"key": "q", "type": "choice", "label": LABEL}, "choices", "choices has 0 answers"),
        (
            {"key": "q", "type": "text", "label": LABEL, "smallest": 1},
            "smallest",
            "smallest stands on a field of type text",
        ),
        (
            {"key": "q", "type": "number", "label": LABEL, "smallest": 5, "largest": 4},
            "largest",
            "largest is 4",
        ),
        (
            {"key": "birth_date", "required": False, "min_age": 18},
            "min_age",
            "min_age stands on an optional birth_date",
        ),
    ],
)
def test_rules_between_the_keys_of_a_question(
    question: dict[str, Any], way: str, what: str
) -> None:
    found = the_mistake(ProgramEntry, PROGRAM | {"questionnaire": [question]})
    assert found[:2] == (("questionnaire", 0, way), what)


def test_plastic_and_its_rules_go_together() -> None:
    rule = {"format": "ean13", "prefix": "460"}
    assert the_mistake(ProgramEntry, PROGRAM | {"recognition": [rule]})[:2] == (
        ("plastic",),
        "plastic is no, and recognition tells what it looks like",
    )
    assert the_mistake(ProgramEntry, PROGRAM | {"plastic": True})[0] == ("recognition",)
    both = PROGRAM | {"recognition": [{"format": "qr"}]}
    assert {each.way for each in mistakes(ProgramEntry, both)} == {
        ("plastic",),
        ("recognition", 0, "format"),
    }


@pytest.mark.parametrize(
    ("purpose", "channels", "what"),
    [
        ("advertising", None, "channels is missing"),
        ("personal_data", ["email"], "channels stand on personal_data"),
        ("advertising", ["fax"], "'fax' in channels is unknown"),
    ],
)
def test_channels_stand_on_advertising_alone(purpose: str, channels: Any, what: str) -> None:
    given = DOCUMENT | {"purpose": purpose, "channels": channels}
    assert the_mistake(DocumentEntry, given)[1] == what


def test_a_document_is_whole_and_names_its_operator() -> None:
    told = {each.what for each in mistakes(DocumentEntry, DOCUMENT | {"en": "Yes\0"})}
    assert told == {
        "en has no title",
        "en has 5 characters",
        "en has the character NUL",
        "en does not name the operator",
    }


def test_days_are_the_account_s() -> None:
    offer = OfferEntry.model_validate(OFFER | {"ends": "2026-01-01"}, context=AROUND)
    assert offer.starts is not None
    assert offer.ends is not None
    assert offer.starts.isoformat() == "2025-12-31T19:00:00+00:00"
    assert (offer.ends - offer.starts).days == 1
    at_noon = OFFER | {"ends": "2026-01-01T00:00:00+05:00"}
    assert the_mistake(OfferEntry, at_noon)[1] == "ends is before starts"


def test_a_rule_is_never_passed_over_in_silence() -> None:
    with pytest.raises(TypeError, match="context=Around"):
        OfferEntry.model_validate(OFFER)


def test_values_are_read_as_they_are_kept() -> None:
    program = ProgramEntry.model_validate(PROGRAM)
    assert program.design.primary == "#1F6F50"
    assert program.min_age == 18
    gate, cups = program.fields
    assert (gate.type, gate.required, cups.required) == (FieldType.BIRTH_DATE, True, False)
    assert (cups.smallest, cups.largest) == (1, 9)
    number = NumberEntry.model_validate(NUMBER, context=AROUND)
    assert number.barcode_value == "4600000000015"
