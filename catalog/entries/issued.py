"""A number that a brand has handed out on plastic, and the contacts of who holds it."""

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.questions.phone import typed_phone
from models.refusal import Refusal

_LONGEST_NUMBER = 128


@dataclass(frozen=True, slots=True)
class IssuedEntry:
    """As a list says it. A list has millions, so it is no model; contacts may be empty."""

    number: str
    phone: str = ""
    email: str = ""


def issued_mistakes(entry: IssuedEntry) -> Iterator[tuple[str, str]]:
    """What is wrong and what was expected. A report is no place for people's contacts."""
    number, phone, email = entry.number, entry.phone, entry.email
    if not number or len(number) > _LONGEST_NUMBER or not number.isprintable():
        yield "the card number is empty or too long", f"1 to {_LONGEST_NUMBER} characters"
    if phone and not _is_phone(phone):
        yield f"the phone of {len(phone)} characters is no phone", "such as +79161234567"
    if email and ("@" not in email or " " in email):
        yield "the e-mail has no @", "such as anna@example.ru, or nothing"


def _is_phone(text: str) -> bool:
    try:
        typed_phone(text)
    except Refusal:
        return False
    return True
