"""Files of card numbers for the import: CSV, packed, each as large as Mindbox takes."""

import gzip
from collections.abc import Iterable, Iterator

IMPORT = "DirectCrm.DiscountCards.ImportCards"
# The codepage is UTF-8's; the delimiter is the one of the documentation's examples.
OPTIONS = {"csvCodePage": "65001"}
MOST_BYTES = 200 * 1024 * 1024
_HEAD = b"Number;Type\n"


def card_files(cards: Iterable[tuple[str, str]], most: int = MOST_BYTES) -> Iterator[bytes]:
    """`cards` are numbers and the names of their types. Raises ValueError for what would need to be
    quoted: no card has such a number."""
    piece, size = [_HEAD], len(_HEAD)
    for number, kind in cards:
        line = _line(number, kind)
        if size + len(line) > most:
            yield b"".join(piece)
            piece, size = [_HEAD], len(_HEAD)
        piece.append(line)
        size += len(line)
    if len(piece) > 1:
        yield b"".join(piece)


def packed(csv: bytes) -> bytes:
    """The same bytes for the same file: what is sent again is the same."""
    return gzip.compress(csv, mtime=0)


def _line(number: str, kind: str) -> bytes:
    for text in (number, kind):
        if not text or any(sign in text for sign in ';"\r\n'):
            raise ValueError("a number or type of card is empty or holds a delimiter")
    return f"{number};{kind}\n".encode()
