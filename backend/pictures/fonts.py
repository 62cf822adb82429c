"""The Onest typeface in any size and weight, and texts made to fit a width."""

from dataclasses import dataclass
from functools import lru_cache

import fontpkg_onest
from PIL import ImageFont

_FILE = fontpkg_onest.ROOT / "files" / "Onest[wght].ttf"
_NO_SUCH_CHARACTER = "\U0010ffff"

REGULAR, MEDIUM, BOLD = 400, 500, 700
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text as it will be drawn; `width` in pixels."""

    text: str
    font: ImageFont.FreeTypeFont
    width: float


# A third of a megabyte each, and half a millisecond to make.
@lru_cache(maxsize=32)
def font(size: int, weight: int = REGULAR) -> ImageFont.FreeTypeFont:
    """Onest of a size in pixels and a weight from 100 to 900."""
    face = ImageFont.truetype(str(_FILE), size, layout_engine=ImageFont.Layout.BASIC)
    face.set_variation_by_axes([weight])
    return face


def drawable(text: str) -> str:
    """One line without the characters that the typeface lacks, such as emoji."""
    return " ".join("".join(filter(_has_glyph, " ".join(text.split()))).split())


def fit(text: str, width: int, *, largest: int, smallest: int, weight: int) -> Fitted:
    """The text in the largest size that fits; cut with an ellipsis if even the smallest is wide."""
    line = drawable(text)
    length = font(largest, weight).getlength(line)
    if length <= width:
        return Fitted(line, font(largest, weight), length)
    size = max(smallest, int(largest * width / length))
    face = font(size, weight)
    length = face.getlength(line)
    if length > width:
        line = _cut(line, face, width)
        length = face.getlength(line)
    return Fitted(line, face, length)


def fit_lines(
    text: str, width: int, *, lines: int, largest: int, smallest: int, weight: int
) -> list[Fitted]:
    """The text in one size on one line or as few as hold it, broken between words."""
    words = drawable(text).split() or [""]
    for size in range(largest, smallest - 1, -2):
        rows = _wrap(words, font(size, weight), width)
        if len(rows) <= lines and all(font(size, weight).getlength(row) <= width for row in rows):
            break
    else:
        rows = _wrap(words, font(smallest, weight), width)
        size = smallest
    kept = [*rows[: lines - 1], " ".join(rows[lines - 1 :])] if len(rows) > lines else rows
    return [fit(row, width, largest=size, smallest=size, weight=weight) for row in kept]


def _wrap(words: list[str], face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    rows: list[str] = []
    for word in words:
        if rows and face.getlength(f"{rows[-1]} {word}") <= width:
            rows[-1] = f"{rows[-1]} {word}"
        else:
            rows.append(word)
    return rows


def _cut(line: str, face: ImageFont.FreeTypeFont, width: int) -> str:
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if face.getlength(line[:middle].rstrip() + ELLIPSIS) <= width:
            low = middle
        else:
            high = middle - 1
    return line[:low].rstrip() + ELLIPSIS


@lru_cache(maxsize=4096)
def _has_glyph(char: str) -> bool:
    return char == " " or bytes(font(20).getmask(char)) != _missing()


@lru_cache(maxsize=1)
def _missing() -> bytes:
    return bytes(font(20).getmask(_NO_SUCH_CHARACTER))
