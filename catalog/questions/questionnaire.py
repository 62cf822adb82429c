"""Questions of a program, and the union of questions of several programs."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from catalog.bilingual import Bilingual
from catalog.questions.question import ChoiceOption, FieldType, QuestionnaireField
from models.offer import Offer

# The order in which people expect to be asked; custom questions come after, in their order.
STANDARD_ORDER = (
    FieldType.PHONE,
    FieldType.GIVEN_NAME,
    FieldType.SURNAME,
    FieldType.PATRONYMIC,
    FieldType.GENDER,
    FieldType.BIRTH_DATE,
    FieldType.CITY,
    FieldType.EMAIL,
)


def field_to_json(field: QuestionnaireField) -> dict[str, Any]:
    """The shape of one item of `Program.questionnaire`."""
    return {
        "key": field.key,
        "type": field.type.value,
        "required": field.required,
        "label": _texts(field.label),
        "hint": _texts(field.hint),
        "choices": [{"key": c.key, "label": _texts(c.label)} for c in field.choices],
        "min_age": field.min_age,
        "smallest": field.smallest,
        "largest": field.largest,
        "longest": field.longest,
    }


def field_from_json(item: dict[str, Any]) -> QuestionnaireField:
    return QuestionnaireField(
        key=item["key"],
        type=FieldType(item["type"]),
        required=item["required"],
        label=_bilingual(item["label"]),
        hint=_bilingual(item["hint"]),
        choices=tuple(
            ChoiceOption(choice["key"], Bilingual(**choice["label"])) for choice in item["choices"]
        ),
        min_age=item["min_age"],
        smallest=item["smallest"],
        largest=item["largest"],
        longest=item["longest"],
    )


def _texts(text: Bilingual | None) -> dict[str, str] | None:
    return None if text is None else {"ru": text.ru, "en": text.en}


def _bilingual(texts: dict[str, str] | None) -> Bilingual | None:
    return None if texts is None else Bilingual(**texts)


def fields_of(questionnaire: list[dict[str, Any]]) -> list[QuestionnaireField]:
    return [field_from_json(item) for item in questionnaire]


def stored_key(program_key: str, field: QuestionnaireField) -> str:
    """Under which key an answer is kept: standard fields are shared by every brand, a custom
    field belongs to its program."""
    if field.type in STANDARD_ORDER:
        return field.type.value
    return f"{program_key}.{field.key}"


def union(
    programs: Iterable[tuple[str, list[dict[str, Any]]]],
) -> dict[str, QuestionnaireField]:
    """Stored key → field, each once, for (program key, questionnaire) pairs.

    A standard field is required if any program requires it, and the strictest age gate holds.
    """
    found: dict[str, QuestionnaireField] = {}
    for program_key, questionnaire in programs:
        for field in fields_of(questionnaire):
            key = stored_key(program_key, field)
            found[key] = _stricter(found[key], field) if key in found else field
    standard = [kind.value for kind in STANDARD_ORDER if kind.value in found]
    custom = [key for key in found if key not in standard]
    return {key: found[key] for key in (*standard, *custom)}


def questions_of(offers: list[Offer]) -> dict[str, QuestionnaireField]:
    """The union of their programs' questions, each field once."""
    programs = {offer.brand.program_id: offer.brand.program for offer in offers}
    return union((program.key, program.questionnaire) for program in programs.values())


def _stricter(one: QuestionnaireField, other: QuestionnaireField) -> QuestionnaireField:
    ages = [field.min_age for field in (one, other) if field.min_age is not None]
    return replace(
        one, required=one.required or other.required, min_age=max(ages) if ages else None
    )
