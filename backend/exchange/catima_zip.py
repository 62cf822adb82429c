"""Catima's export: a ZIP with `catima.csv` and pictures, perhaps with a password."""

from collections.abc import AsyncIterator, Iterator

from backend.exchange.archive import Archive, Packer
from backend.exchange.catima_csv import read_catima_csv, write_catima_csv
from backend.exchange.shapes import ExchangeCard, FileRefused, Imported

CSV_NAME = "catima.csv"


def read_catima_zip(entries: Archive) -> Imported:
    """Raises FileRefused."""
    table = entries.get(CSV_NAME)
    if table is None:
        raise FileRefused("unknown_format", f"no {CSV_NAME} in the archive")
    try:
        text = table.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise FileRefused("broken", f"{CSV_NAME} is not UTF-8") from wrong
    return read_catima_csv(text, entries)


def write_catima_zip(cards: list[ExchangeCard], password: str | None = None) -> bytes:
    packer = Packer(password)
    pieces = [packer.add(CSV_NAME, write_catima_csv(cards).encode())]
    for number, card in enumerate(cards, 1):
        pieces += _pictures(packer, number, card)
    return b"".join([*pieces, packer.close()])


async def catima_pieces(
    cards: list[ExchangeCard], whole: AsyncIterator[ExchangeCard], password: str | None = None
) -> AsyncIterator[bytes]:
    """`whole` are the same cards with their pictures, one by one."""
    packer, number = Packer(password), 0
    yield packer.add(CSV_NAME, write_catima_csv(cards).encode())
    async for card in whole:
        number += 1
        for piece in _pictures(packer, number, card):
            yield piece
    yield packer.close()


def _pictures(packer: Packer, number: int, card: ExchangeCard) -> Iterator[bytes]:
    for side, picture in (("front", card.front), ("back", card.back), ("icon", card.icon)):
        if picture is not None:
            yield packer.add(f"card_{number}_{side}.png", picture)
