"""One file that somebody sends: which, from a seed and a number, so that it can be sent again."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.fuzz import exports, tables
from tests.fuzz.damage import damaged
from tests.reading import hostile_files as hostile

Make = Callable[[Random], bytes]

_PAGE = hostile.card().resize((360, 240))
_WHOLE = {kind: hostile.saved(_PAGE, kind) for kind in ("PNG", "JPEG", "WEBP", "PDF")}
EXPORTS: dict[str, Make] = {
    "plain csv": tables.plain,
    "catima csv": exports.catima_csv,
    "catima zip": exports.catima_zip,
    "catima link": exports.link,
    "fidme": exports.fidme_zip,
    "voucher vault": exports.voucher_vault,
    "karman json": exports.karman,
    "pkpass": exports.pkpass,
    "pkpasses": exports.pkpasses,
}
# Of a thousand files so many are pictures, which take a hundred times as long, and bombs.
PICTURES, BOMBS = 30, 1


@dataclass(frozen=True, slots=True)
class Sent:
    """`door`: as what the bot takes it: cards, barcodes of a picture, or a photo to keep."""

    number: int
    kind: str
    door: str
    data: bytes
    password: str | None = None


def sent(seed: int, number: int) -> Sent:
    random = Random(zlib.crc32(f"{seed}/{number}".encode()))
    lot = random.randrange(1_000)
    if lot < BOMBS:
        return Sent(number, "bomb", "cards", exports.nested_bomb(random))
    if lot < BOMBS + PICTURES:
        kind = random.choice(list(_WHOLE))
        door = "picture" if kind != "PDF" and random.random() < 0.5 else "barcodes"
        return Sent(number, kind, door, _hurt(random, _WHOLE[kind], 0.9))
    kind = random.choice(list(EXPORTS))
    data = _hurt(random, EXPORTS[kind](random), 0.35)
    password = random.choice(exports.PASSWORDS) or None if random.random() < 0.1 else None
    return Sent(number, kind, "cards", data, password)


def _hurt(random: Random, data: bytes, share: float) -> bytes:
    return damaged(random, data) if random.random() < share else data
