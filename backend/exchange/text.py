"""The text of a table, however a spreadsheet has saved it."""

from backend.exchange.shapes import FileRefused

_MARKS = (b"\xff\xfe", b"\xfe\xff")


def text_of(data: bytes) -> str:
    """UTF-8; UTF-16 with its mark («Текст Юникод»); else windows-1251, as a Russian Excel saves
    CSV. Raises FileRefused for what is no text."""
    try:
        if data[:2] in _MARKS:
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("windows-1251")
    except UnicodeDecodeError:
        raise no_wallet() from None
    if any(ord(char) < 32 and char not in "\t\r\n" for char in text[:4096]):
        raise no_wallet()
    return text


def no_wallet() -> FileRefused:
    return FileRefused("unknown_format", "not a file that any wallet exports")
