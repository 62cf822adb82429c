"""Phones as RetailCRM may have them: as somebody once typed them."""

from collections.abc import Iterator, Sequence


def spelled(phone: str, spellings: Sequence[str]) -> Iterator[str]:
    """An E.164 phone in each spelling, those of other countries as they are."""
    if not phone.startswith("+7"):
        yield phone
        return
    for start in dict.fromkeys(spellings):
        yield start + phone.removeprefix("+7")


def same(one: str, other: str) -> bool:
    """Whether two spellings are one phone."""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(text: str) -> str:
    digits = "".join(sign for sign in text if sign in "0123456789")
    russian = len(digits) == 11 and digits[0] in "78"
    return f"7{digits[1:]}" if russian else digits
