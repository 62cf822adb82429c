"""The questions of a program by their short names: «имя, почта»."""

from collections.abc import Iterable

from bot.screens.answers import text_of
from bot.words import Translator
from catalog.pack.shapes import QuestionnaireField
from catalog.questionnaire import union
from models.program import Program


def field_names(words: Translator, program: Program, keys: Iterable[str]) -> list[str]:
    """Keys that the program asks no more are left out."""
    fields = union([(program.key, program.questionnaire)])
    return [_name(words, key, fields[key]) for key in keys if key in fields]


def _name(words: Translator, key: str, field: QuestionnaireField) -> str:
    return text_of(words, field.label) if field.label else words(f"field-{key.replace('_', '-')}")
