"""What stands behind `/l/`: a link, a message and a signature, as short as can be typed.

`<length of the link's digits><link><message><signature>`, digits of base 62. Letters and digits
alone, so that no program cuts the end off; in an SMS each of them costs money. It never expires by
itself: it leads nowhere once the link or the message is gone.
"""

import hmac
import re
import string

from backend.platform.secrets.vault import Vault

PATH = "/l/"
_DIGITS = string.digits + string.ascii_letters
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
# 47 bits, behind a rate limit: a guess a second for a year is right once in four million times.
_SIGNATURE = 8
# A number of 63 bits has eleven digits.
_TOKEN = re.compile(r"([1-9ab])([0-9a-zA-Z]{10,30})", re.ASCII)
_LARGEST = 2**63


def link_token(vault: Vault, link_id: int, message_id: int) -> str:
    link, message = _spelt(link_id), _spelt(message_id)
    return f"{_DIGITS[len(link)]}{link}{message}{_signature(vault, link_id, message_id)}"


def read_token(vault: Vault, token: str) -> tuple[int, int] | None:
    """The link's id and the message's; None for what was not made here. Compared in constant
    time."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    length, rest = _VALUES[found[1]], found[2]
    ids, signature = rest[:-_SIGNATURE], rest[-_SIGNATURE:]
    link, message = _read(ids[:length]), _read(ids[length:])
    if not 0 < link < _LARGEST or not 0 < message < _LARGEST:
        return None
    right = hmac.compare_digest(_signature(vault, link, message), signature)
    # One token for each message: no leading noughts.
    return (link, message) if right and ids == _spelt(link) + _spelt(message) else None


def _signature(vault: Vault, link_id: int, message_id: int) -> str:
    whole = int(vault.sign(f"link:{link_id}:{message_id}")[:16], 16)
    return _spelt(whole % 62**_SIGNATURE).rjust(_SIGNATURE, _DIGITS[0])


def _spelt(number: int) -> str:
    digits: list[str] = []
    while number or not digits:
        number, last = divmod(number, 62)
        digits.append(_DIGITS[last])
    return "".join(reversed(digits))


def _read(text: str) -> int:
    number = 0
    for digit in text:
        number = number * 62 + _VALUES[digit]
    return number
