"""`pass.strings`: what a pass says in one language, as `"key" = "value";` line by line.

Read once from the left, whatever is in it. A string that is never closed ends the reading.
"""

from collections.abc import Iterator

LARGEST = 256 * 1024
"""Bytes; a real one has some ten lines."""


def read_strings(content: bytes) -> dict[str, str]:
    """Key → value. Comments, and what is no pair, are passed over; what is too large is empty."""
    if len(content) > LARGEST:
        return {}
    found: dict[str, str] = {}
    before: list[str] = []
    for piece in _tokens(_text(content)):
        before = [*before[-3:], piece]
        if piece == ";" and len(before) == 4 and before[1] == "=":
            key, value = before[0], before[2]
            if key[0] == value[0] == '"':
                found[_unescaped(key[1:])] = _unescaped(value[1:])
    return found


def _tokens(text: str) -> Iterator[str]:
    """`=` and `;`, and the strings: each with its opening quote, without the closing one."""
    place = 0
    while place < len(text):
        sign = text[place]
        if sign == '"':
            end = _closing(text, place + 1)
            if end < 0:
                return
            yield text[place:end]
            place = end
        elif sign in "=;":
            yield sign
        elif text.startswith("/*", place):
            end = text.find("*/", place + 2)
            if end < 0:
                return
            place = end + 1
        elif text.startswith("//", place):
            end = text.find("\n", place)
            if end < 0:
                return
            place = end
        place += 1


def _closing(text: str, place: int) -> int:
    """Where the string ends that begins at `place`; -1 when it never does."""
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif text[place] == '"':
            return place
        place += 1
    return -1


def _text(content: bytes) -> str:
    """UTF-16 with its mark, or UTF-8."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    return content.decode("utf-8-sig", errors="replace")


def _unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
