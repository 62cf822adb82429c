"""Values as 1С writes them, as everybody else does. What is not understood stays as it is: whoever
reads it next says what was expected."""

import re

_SPACES = dict.fromkeys(map(ord, " \u00a0\u2009\u202f"))
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?", re.ASCII)
_STATES = {
    "активна": "active", "активная": "active", "действует": "active", "открыта": "active",
    "заблокирована": "blocked", "блокирована": "blocked", "закрыта": "blocked",
    "недействительна": "blocked",
}  # fmt: skip
_CURRENCIES = {"руб": "RUB", "руб.": "RUB", "643": "RUB", "₽": "RUB"}


def number(text: str) -> str:
    """«1 250,50» is 1250.50."""
    bare = text.translate(_SPACES).replace("−", "-")
    return bare.replace(",", ".") if _NUMBER.fullmatch(bare) else text


def moment(text: str) -> str:
    """«27.11.2026 9:04» is 2026-11-27T09:04:00."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return text
    day, month, year, hour, minute, second = found.groups()
    date = f"{year}-{int(month):02}-{int(day):02}"
    return f"{date}T{int(hour):02}:{minute}:{second or '00'}" if hour else date


def state(text: str) -> str:
    return _STATES.get(text.strip().lower(), text.strip().lower())


def currency(text: str) -> str:
    return _CURRENCIES.get(text.strip().lower(), text.strip().upper())


def plain(text: str) -> str:
    return text.strip()
