"""A question that a program asks: what kind of answer it wants and within which bounds."""

from dataclasses import dataclass
from enum import StrEnum

from catalog.bilingual import Bilingual


class FieldType(StrEnum):
    """How an answer is typed; the standard fields have types of their own."""

    GIVEN_NAME = "given_name"
    SURNAME = "surname"
    PATRONYMIC = "patronymic"
    GENDER = "gender"
    BIRTH_DATE = "birth_date"
    CITY = "city"
    EMAIL = "email"
    PHONE = "phone"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"


CUSTOM_TYPES = (
    FieldType.CHOICE,
    FieldType.CHOICES,
    FieldType.TEXT,
    FieldType.NUMBER,
    FieldType.DATE,
    FieldType.YES_NO,
)
STANDARD_FIELDS = tuple(field for field in FieldType if field not in CUSTOM_TYPES)


@dataclass(frozen=True, slots=True)
class ChoiceOption:
    key: str
    label: Bilingual


@dataclass(frozen=True, slots=True)
class QuestionnaireField:
    """One question. `label`, `hint` and the bounds are for custom fields only.

    `min_age` (whole years) stands on birth_date; `smallest` and `largest` bound a number;
    `longest` bounds a text in characters.
    """

    key: str
    type: FieldType
    required: bool
    label: Bilingual | None = None
    hint: Bilingual | None = None
    choices: tuple[ChoiceOption, ...] = ()
    min_age: int | None = None
    smallest: int | None = None
    largest: int | None = None
    longest: int | None = None
