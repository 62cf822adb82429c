"""The questions of one program, and what is left of them when several are asked together."""

from catalog.bilingual import Bilingual
from catalog.questions.question import ChoiceOption, FieldType, QuestionnaireField
from catalog.questions.questionnaire import (
    field_from_json,
    field_to_json,
    fields_of,
    stored_key,
    union,
)

PHONE = QuestionnaireField("phone", FieldType.PHONE, required=True)
NAME = QuestionnaireField("given_name", FieldType.GIVEN_NAME, required=True)
OPTIONAL_NAME = QuestionnaireField("given_name", FieldType.GIVEN_NAME, required=False)
BORN = QuestionnaireField("birth_date", FieldType.BIRTH_DATE, required=False)
ADULT = QuestionnaireField("birth_date", FieldType.BIRTH_DATE, required=True, min_age=18)
TEENAGER = QuestionnaireField("birth_date", FieldType.BIRTH_DATE, required=False, min_age=14)
TEA = QuestionnaireField(
    "tea",
    FieldType.CHOICE,
    required=False,
    label=Bilingual("Какой чай?", "Which tea?"),
    hint=Bilingual("Любимый", "The favourite"),
    choices=(ChoiceOption("black", Bilingual("Чёрный", "Black")),),
)
CUPS = QuestionnaireField(
    "cups", FieldType.NUMBER, required=True, label=Bilingual("Чашек?", "Cups?"), smallest=0,
    largest=20,
)  # fmt: skip


def asked(*programs: tuple[str, tuple[QuestionnaireField, ...]]) -> dict[str, QuestionnaireField]:
    return union((key, [field_to_json(field) for field in fields]) for key, fields in programs)


def test_a_field_survives_being_stored() -> None:
    for field in (PHONE, ADULT, TEA, CUPS):
        assert field_from_json(field_to_json(field)) == field
    assert fields_of([field_to_json(TEA), field_to_json(CUPS)]) == [TEA, CUPS]


def test_standard_fields_are_shared_and_custom_ones_belong_to_their_program() -> None:
    assert stored_key("coffee", NAME) == "given_name"
    assert stored_key("coffee", TEA) == "coffee.tea"


def test_each_question_is_asked_once_in_the_order_people_expect() -> None:
    """Ника applies for coffee and flowers at once."""
    fields = asked(("coffee", (TEA, ADULT, NAME)), ("flowers", (CUPS, OPTIONAL_NAME, PHONE, BORN)))
    assert list(fields) == ["phone", "given_name", "birth_date", "coffee.tea", "flowers.cups"]


def test_custom_questions_of_the_same_name_do_not_meet() -> None:
    assert list(asked(("coffee", (TEA,)), ("flowers", (TEA,)))) == ["coffee.tea", "flowers.tea"]


def test_what_one_program_requires_is_required() -> None:
    for programs in (((NAME,), (OPTIONAL_NAME,)), ((OPTIONAL_NAME,), (NAME,))):
        first, second = programs
        assert asked(("a", first), ("b", second))["given_name"].required
    assert not asked(("a", (OPTIONAL_NAME,)), ("b", (OPTIONAL_NAME,)))["given_name"].required


def test_the_strictest_age_holds() -> None:
    for order in ((BORN, ADULT, TEENAGER), (TEENAGER, BORN, ADULT), (ADULT, TEENAGER, BORN)):
        field = asked(*((str(place), (one,)) for place, one in enumerate(order)))["birth_date"]
        assert (field.min_age, field.required) == (18, True)
    assert asked(("a", (BORN,)))["birth_date"].min_age is None


def test_no_programs_ask_nothing() -> None:
    assert asked() == {}
