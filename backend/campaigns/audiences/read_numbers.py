"""The numbers in a file: one on each line, in its first column."""

from collections.abc import Iterator

from catalog.entries.messages.card_list import LONGEST_NUMBER


class NumbersUnfit(ValueError):
    """The file is none: what is wrong, and what was expected."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected


def numbers_of(data: bytes, most: int) -> list[str]:
    """Raises NumbersUnfit. A line with nothing in it, or with what is no number, is passed over:
    the first one may name the columns."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NumbersUnfit("the file is not UTF-8", "the file saved as «CSV UTF-8»") from None
    found = list(_numbers(text))
    if not found:
        raise NumbersUnfit("the file has no numbers", "a number on each line")
    if len(found) > most:
        raise NumbersUnfit(f"the file has {len(found)} numbers", f"at most {most}")
    return found


def _numbers(text: str) -> Iterator[str]:
    for line in text.splitlines():
        first = line.replace(";", ",").replace("\t", ",").partition(",")[0].strip().strip('"')
        if 0 < len(first) <= LONGEST_NUMBER and any(char.isdigit() for char in first):
            yield first.strip()
