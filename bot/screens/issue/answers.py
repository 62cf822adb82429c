"""An answer in words: as the person reads it in the summary and when going back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from backend.platform.words import Translator
from bot.screens.parts import brand_name, city_name, long_date
from catalog.bilingual import Bilingual
from catalog.questions.phone import phone_in_words
from catalog.questions.question import FieldType, QuestionnaireField
from catalog.questions.questionnaire import STANDARD_ORDER
from models.brand import Brand
from models.city import City

DATES = frozenset({FieldType.BIRTH_DATE, FieldType.DATE})


def text_of(words: Translator, text: Bilingual | None) -> str:
    if text is None:
        return ""
    return text.ru if words.language == "ru" else text.en


def field_name(words: Translator, field: QuestionnaireField) -> str:
    """«Имя»; of a question of the brand's own the question itself."""
    if field.type in STANDARD_ORDER:
        name = words(f"field-{field.type.value.replace('_', '-')}")
        return name[0].upper() + name[1:]
    return text_of(words, field.label)


def answer_in_words(
    words: Translator, field: QuestionnaireField, value: Any, cities: Mapping[str, City]
) -> str:
    """`value` as the profile keeps it; `cities` by key."""
    match field.type:
        case FieldType.PHONE:
            return phone_in_words(str(value))
        case FieldType.CITY:
            return city_name(words, cities[value]) if value in cities else str(value)
        case FieldType.GENDER:
            return words(f"gender-{value}")
        case FieldType.YES_NO:
            return words("yes" if value else "no")
        case FieldType.CHOICE | FieldType.CHOICES:
            picked = [value] if isinstance(value, str) else list(value)
            labels = [text_of(words, c.label) for c in field.choices if c.key in picked]
            return ", ".join(labels)
    return _date(words, str(value)) if field.type in DATES else str(value)


def _date(words: Translator, value: str) -> str:
    return words("answer-date", date=long_date(words, date.fromisoformat(value)))


def cards_in_words(words: Translator, cards: list[tuple[Brand, ...]]) -> str:
    """«Лукоград», «Зернопар» и «Бубликово» (одна карта)."""
    named = []
    for first, *others in cards:
        name = brand_name(words, first)
        if others:
            rest = ", ".join(words("card-of", brand=brand_name(words, each)) for each in others)
            named.append(words("card-shared", brand=name, others=rest))
        else:
            named.append(words("card-of", brand=name))
    return ", ".join(named)
