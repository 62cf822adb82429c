"""INN and OGRN: the registry numbers of a Russian legal entity, by their check digits."""

_TEN = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_ELEVEN = (7, *_TEN)
_TWELVE = (3, *_ELEVEN)


def is_inn(text: str) -> bool:
    """10 digits of a company or 12 of a person in business, with right check digits."""
    if not (text.isascii() and text.isdigit()):
        return False
    if len(text) == 10:
        return _check(text, _TEN) == text[9]
    return len(text) == 12 and _check(text, _ELEVEN) + _check(text, _TWELVE) == text[10:]


def is_ogrn(text: str) -> bool:
    """13 digits of a company or 15 of a person in business, with the right last digit."""
    if not (text.isascii() and text.isdigit()) or len(text) not in {13, 15}:
        return False
    return int(text[:-1]) % (len(text) - 2) % 10 == int(text[-1])


def _check(text: str, weights: tuple[int, ...]) -> str:
    total = sum(weight * int(digit) for weight, digit in zip(weights, text, strict=False))
    return str(total % 11 % 10)
