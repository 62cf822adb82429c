"""What a person typed, turned into a value, or into a helpful «no»."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from catalog.questions.dates import NoSuchDay, near_day, past_day
from catalog.questions.email import is_email
from catalog.questions.question import FieldType, QuestionnaireField

OLDEST_YEARS = 120
# Nobody younger makes a bargain of their own (Civil Code of Russia, article 28): a slip.
YOUNGEST_YEARS = 6
_NAME = re.compile(r"[^\W\d_]+(?:[ '’\-.]+[^\W\d_]+)*\.?")


class Hint(Exception):
    """Why an answer cannot be taken: a wording key and its values. Not an error of ours."""

    def __init__(self, key: str, values: dict[str, str | int]) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def _no(key: str, **values: str | int) -> Hint:
    return Hint(key, values)


def parse_answer(field: QuestionnaireField, text: str, today: date) -> Any:
    """The JSON value of a typed or tapped answer. Raises Hint.

    Choices answer with their keys (several separated by commas), gender with `female` or
    `male`, yes_no with `yes` or `no`; dates come back as ISO text, a city as its key.
    """
    cleaned = " ".join(text.split())
    if not cleaned:
        raise _no("answer-empty")
    parse = _PARSERS[field.type]
    return parse(field, cleaned, today)


def _name(_field: QuestionnaireField, text: str, _today: date) -> str:
    if len(text) > 60:
        raise _no("answer-too-long", longest=60)
    if not _NAME.fullmatch(text):
        raise _no("answer-name-letters")
    return text[0].upper() + text[1:]


def _gender(_field: QuestionnaireField, text: str, _today: date) -> str:
    word = text.lower()
    if word in {"female", "f", "ж", "жен", "женский", "женщина"}:
        return "female"
    if word in {"male", "m", "м", "муж", "мужской", "мужчина"}:
        return "male"
    raise _no("answer-gender")


def _day(read: Callable[[str, date], date | None], text: str, today: date) -> date:
    try:
        found = read(text, today)
    except NoSuchDay as none:
        raise _no("answer-date-none", day=none.day, month=none.month) from None
    if found is None:
        raise _no("answer-date-format")
    return found


def _birth_date(field: QuestionnaireField, text: str, today: date) -> str:
    born = _day(past_day, text, today)
    if born > today:
        raise _no("answer-birth-future")
    age = full_years(born, today)
    if age > OLDEST_YEARS:
        # As text: a number would be written with a space after the thousand.
        raise _no("answer-birth-old", year=str(born.year))
    if age < YOUNGEST_YEARS:
        raise _no("answer-birth-recent", year=str(born.year))
    if field.min_age is not None and age < field.min_age:
        raise _no("answer-too-young", age=field.min_age)
    return born.isoformat()


def full_years(born: date, today: date) -> int:
    before_birthday = (today.month, today.day) < (born.month, born.day)
    return today.year - born.year - before_birthday


def _email(_field: QuestionnaireField, text: str, _today: date) -> str:
    local, at, domain = text.rpartition("@")
    if not at or not local:
        raise _no("answer-email-at")
    if "." not in domain:
        raise _no("answer-email-domain", domain=domain or "…")
    if not is_email(text):
        raise _no("answer-email-format")
    return f"{local}@{domain.lower()}"


def _verbatim(_field: QuestionnaireField, text: str, _today: date) -> str:
    return text


def _choice(field: QuestionnaireField, text: str, _today: date) -> str:
    for option in field.choices:
        names = (option.key, option.label.ru, option.label.en)
        if text.casefold() in {name.casefold() for name in names}:
            return option.key
    raise _no("answer-choice")


def _choices(field: QuestionnaireField, text: str, today: date) -> list[str]:
    picked = [_choice(field, part.strip(), today) for part in text.split(",") if part.strip()]
    if not picked:
        raise _no("answer-choice")
    return list(dict.fromkeys(picked))


def _free_text(field: QuestionnaireField, text: str, _today: date) -> str:
    longest = field.longest or 300
    if len(text) > longest:
        raise _no("answer-too-long", longest=longest)
    return text


def _number(field: QuestionnaireField, text: str, _today: date) -> int:
    digits = text.replace(" ", "")
    if not re.fullmatch(r"[+-]?\d{1,15}", digits, re.ASCII):
        raise _no("answer-number")
    value = int(digits)
    if field.smallest is not None and value < field.smallest:
        raise _no("answer-number-small", smallest=field.smallest)
    if field.largest is not None and value > field.largest:
        raise _no("answer-number-large", largest=field.largest)
    return value


def _date_answer(_field: QuestionnaireField, text: str, today: date) -> str:
    return _day(near_day, text, today).isoformat()


def _yes_no(_field: QuestionnaireField, text: str, _today: date) -> bool:
    word = text.lower()
    if word in {"yes", "y", "да", "д"}:
        return True
    if word in {"no", "n", "нет", "н"}:
        return False
    raise _no("answer-yes-no")


_PARSERS: dict[FieldType, Callable[[QuestionnaireField, str, date], Any]] = {
    FieldType.GIVEN_NAME: _name,
    FieldType.SURNAME: _name,
    FieldType.PATRONYMIC: _name,
    FieldType.GENDER: _gender,
    FieldType.BIRTH_DATE: _birth_date,
    # The city arrives as the key that was picked from the list; the phone as E.164.
    FieldType.CITY: _verbatim,
    FieldType.EMAIL: _email,
    FieldType.PHONE: _verbatim,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.TEXT: _free_text,
    FieldType.NUMBER: _number,
    FieldType.DATE: _date_answer,
    FieldType.YES_NO: _yes_no,
}
