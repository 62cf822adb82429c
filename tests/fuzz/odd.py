"""Values that no honest file holds, and some that an unlucky one does."""

from random import Random
from typing import Any

TEXTS = (
    "", " ", "\n", "\0", "\ufeff", "\u202eevil", "😀" * 30, '"', '""', "\\", '\\"' * 500, "'", ";",
    ",",
    "\t", "|" * 60, "=1+1", "@SUM(1)", "+7 916 123-45-67", "null", "None", "true", "[]", "{}",
    "<b>", "&#0;",
    "%00", "%25%30%30", "../../etc/passwd", "x" * 101, "x" * 129, "9" * 513, "ё" * 11_000,
    "4600000000015",
    "0123456789", "LC123456", "A-100-A", "любой текст", "2", "1", "0", "-1", "4294967296",
    "9" * 5_000,
    "1e-700000000", "1e400000000", "1e12", "-1e-7", "NaN", "sNaN", "-Infinity", "0x10", "1_000",
    "٣٤", "7,89E+15",
    "2027-12-31", "31.12.2027", "32.13.2027", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00",
    "1893456000", "1893456000000", "-62135596800", "99999999999999999999", "rgb(1,2,3)",
    "rgb(99999999999999999999,1,1)", "#2196F3", "#zzzzzz", "red", "QR_CODE", "CODE_128", "EAN_13",
    "PDF_417",
    "CODE_93", "rune", "UTF-8", "UTF-99", "RUB", "руб", "XXQ",
)  # fmt: skip
"""The longest are longer than any field."""


def text(random: Random) -> str:
    if random.random() < 0.7:
        return random.choice(TEXTS)
    many = random.choice((1, 5, 20, 100))
    return "".join(
        chr(random.choice((random.randrange(32, 127), random.randrange(0x400, 0x460))))
        for _ in range(many)
    )


def value(random: Random, depth: int = 0) -> Any:
    """What JSON can hold."""
    kind = random.randrange(8)
    if kind == 0:
        return random.choice((None, True, False, 0, -1, 1 << 62, 1.5, 1e308))
    if kind == 1 and depth < 3:
        return [value(random, depth + 1) for _ in range(random.randrange(4))]
    if kind == 2 and depth < 3:
        return {text(random): value(random, depth + 1) for _ in range(random.randrange(4))}
    return text(random)


def mostly(random: Random, good: Any) -> Any:
    """The good value, or sometimes anything else."""
    return good if random.random() < 0.8 else value(random)


def mostly_text(random: Random, good: str) -> str:
    return good if random.random() < 0.8 else text(random)
