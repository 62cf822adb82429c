"""Addresses of e-mail: what is certainly wrong is refused, the rest is proven by a letter."""

import re

LONGEST = 254
_LIKE = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)


def is_email(text: str) -> bool:
    return len(text) <= LONGEST and _LIKE.fullmatch(text) is not None
