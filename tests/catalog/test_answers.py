"""Every kind of answer: what is taken as it was meant, and what is refused with help."""

from datetime import date
from typing import Any

import pytest

from bot.words import load_words
from catalog.bilingual import Bilingual
from catalog.questions.parse_answer import Hint, full_years, parse_answer
from catalog.questions.question import ChoiceOption, FieldType, QuestionnaireField

TODAY = date(2026, 11, 21)
TEA = ChoiceOption("tea", Bilingual("Чай", "Tea"))
COFFEE = ChoiceOption("coffee", Bilingual("Кофе", "Coffee"))


def field(kind: FieldType, **more: Any) -> QuestionnaireField:
    return QuestionnaireField(kind.value, kind, required=True, **more)


FIELDS = {
    kind: field(kind) for kind in FieldType if kind not in {FieldType.CHOICE, FieldType.CHOICES}
} | {
    FieldType.BIRTH_DATE: field(FieldType.BIRTH_DATE, min_age=18),
    FieldType.CHOICE: field(FieldType.CHOICE, choices=(TEA, COFFEE)),
    FieldType.CHOICES: field(FieldType.CHOICES, choices=(TEA, COFFEE)),
    FieldType.NUMBER: field(FieldType.NUMBER, smallest=1, largest=10),
    FieldType.TEXT: field(FieldType.TEXT, longest=10),
}

TAKEN = [
    (FieldType.GIVEN_NAME, "анна", "Анна"),
    (FieldType.GIVEN_NAME, "  Анна   Мария ", "Анна Мария"),
    (FieldType.SURNAME, "салтыков-Щедрин", "Салтыков-Щедрин"),
    (FieldType.SURNAME, "O'Brien", "O'Brien"),
    (FieldType.PATRONYMIC, "Ильинична", "Ильинична"),
    (FieldType.GENDER, "Женский", "female"),
    (FieldType.GENDER, "м", "male"),
    (FieldType.BIRTH_DATE, "29.02.2004", "2004-02-29"),
    (FieldType.BIRTH_DATE, "1/2/1990", "1990-02-01"),
    (FieldType.BIRTH_DATE, "1990-02-01", "1990-02-01"),
    (FieldType.BIRTH_DATE, "5 марта 1990", "1990-03-05"),
    (FieldType.BIRTH_DATE, "5 March 1990", "1990-03-05"),
    (FieldType.BIRTH_DATE, "12.03.99", "1999-03-12"),
    (FieldType.BIRTH_DATE, "21.11.2008", "2008-11-21"),  # eighteen today
    (FieldType.EMAIL, "Anna@Пример.example".replace("Пример", "Mail"), "Anna@mail.example"),
    (FieldType.EMAIL, "a.b+c@sub.mail.example", "a.b+c@sub.mail.example"),
    (FieldType.CHOICE, "tea", "tea"),
    (FieldType.CHOICE, "Кофе", "coffee"),
    (FieldType.CHOICES, "tea,coffee,tea", ["tea", "coffee"]),
    (FieldType.NUMBER, "10", 10),
    (FieldType.NUMBER, "+1", 1),
    (FieldType.DATE, "31.12.2030", "2030-12-31"),
    (FieldType.YES_NO, "Да", True),
    (FieldType.YES_NO, "no", False),
    (FieldType.TEXT, "  две   ложки ", "две ложки"),
    (FieldType.CITY, "perm", "perm"),
]


@pytest.mark.parametrize(("kind", "typed", "value"), TAKEN)
def test_an_answer_is_taken_as_it_was_meant(kind: FieldType, typed: str, value: object) -> None:
    assert parse_answer(FIELDS[kind], typed, TODAY) == value


REFUSED: list[tuple[FieldType, str, str, dict[str, str | int]]] = [
    (FieldType.GIVEN_NAME, "Анна1", "answer-name-letters", {}),
    (FieldType.GIVEN_NAME, "😀", "answer-name-letters", {}),
    (FieldType.SURNAME, "<b>Иванов</b>", "answer-name-letters", {}),
    (FieldType.SURNAME, "а" * 61, "answer-too-long", {"longest": 60}),
    (FieldType.PATRONYMIC, "   ", "answer-empty", {}),
    (FieldType.GENDER, "может быть", "answer-gender", {}),
    (FieldType.BIRTH_DATE, "22.11.2026", "answer-birth-future", {}),
    (FieldType.BIRTH_DATE, "31.02.1990", "answer-date-none", {"day": 31, "month": 2}),
    (FieldType.BIRTH_DATE, "29.02.2003", "answer-date-none", {"day": 29, "month": 2}),
    (FieldType.BIRTH_DATE, "01.13.1990", "answer-date-none", {"day": 1, "month": 13}),
    (FieldType.BIRTH_DATE, "1 января", "answer-date-format", {}),
    (FieldType.BIRTH_DATE, "01.01.1870", "answer-birth-old", {"year": "1870"}),
    (FieldType.BIRTH_DATE, "01.01.2025", "answer-birth-recent", {"year": "2025"}),
    (FieldType.BIRTH_DATE, "22.11.2020", "answer-birth-recent", {"year": "2020"}),
    (FieldType.BIRTH_DATE, "22.11.2008", "answer-too-young", {"age": 18}),
    (FieldType.EMAIL, "anna", "answer-email-at", {}),
    (FieldType.EMAIL, "@mail.example", "answer-email-at", {}),
    (FieldType.EMAIL, "anna@mail", "answer-email-domain", {"domain": "mail"}),
    (FieldType.EMAIL, "anna@", "answer-email-domain", {"domain": "…"}),
    (FieldType.EMAIL, "анна@mail.example", "answer-email-format", {}),
    (FieldType.EMAIL, "an na@mail.example", "answer-email-format", {}),
    (FieldType.EMAIL, "anna@mail..example", "answer-email-format", {}),
    (FieldType.CHOICE, "какао", "answer-choice", {}),
    (FieldType.CHOICES, "tea,какао", "answer-choice", {}),
    (FieldType.CHOICES, ",", "answer-choice", {}),
    (FieldType.NUMBER, "0", "answer-number-small", {"smallest": 1}),
    (FieldType.NUMBER, "11", "answer-number-large", {"largest": 10}),
    (FieldType.NUMBER, "2.5", "answer-number", {}),
    (FieldType.NUMBER, "²", "answer-number", {}),
    (FieldType.NUMBER, "9" * 16, "answer-number", {}),
    (FieldType.DATE, "завтра", "answer-date-format", {}),
    (FieldType.YES_NO, "может", "answer-yes-no", {}),
    (FieldType.TEXT, "слишком длинно", "answer-too-long", {"longest": 10}),
]


@pytest.mark.parametrize(("kind", "typed", "key", "values"), REFUSED)
def test_a_wrong_answer_is_refused_with_what_helps(
    kind: FieldType, typed: str, key: str, values: dict[str, str | int]
) -> None:
    with pytest.raises(Hint) as hint:
        parse_answer(FIELDS[kind], typed, TODAY)
    assert (hint.value.key, hint.value.values) == (key, values)


def test_a_text_without_a_bound_of_its_own_has_three_hundred_characters() -> None:
    free = field(FieldType.TEXT)
    assert parse_answer(free, "ж" * 300, TODAY) == "ж" * 300
    with pytest.raises(Hint) as hint:
        parse_answer(free, "ж" * 301, TODAY)
    assert (hint.value.key, hint.value.values) == ("answer-too-long", {"longest": 300})


def test_every_hint_has_words_in_both_languages() -> None:
    words = load_words()
    for _, _, key, values in REFUSED:
        for language in ("ru", "en"):
            told = words.text(language, key, **values)
            assert told
            assert "\u00a0" not in told, "a year has no separator"


def test_a_birthday_counts_from_its_morning() -> None:
    born = date(2008, 11, 21)
    assert full_years(born, date(2026, 11, 20)) == 17
    assert full_years(born, date(2026, 11, 21)) == 18
    assert full_years(date(2004, 2, 29), date(2022, 2, 28)) == 17
    assert full_years(date(2004, 2, 29), date(2022, 3, 1)) == 18
