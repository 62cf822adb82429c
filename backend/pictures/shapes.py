"""Smooth masks: Pillow draws shapes with stairs, so they are drawn larger and reduced."""

from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_FINER = 4


@lru_cache(maxsize=64)
def rounded(width: int, height: int, radius: int) -> Image.Image:
    """An "L" mask of a rounded rectangle. Shared: do not draw on it."""
    mask = Image.new("L", (width * _FINER, height * _FINER), 0)
    box = (0, 0, width * _FINER - 1, height * _FINER - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius * _FINER, fill=255)
    return mask.reduce(_FINER)


@lru_cache(maxsize=64)
def pill(width: int, height: int) -> Image.Image:
    """An "L" mask of a rectangle with round ends. Shared: do not draw on it."""
    return rounded(width, height, height // 2)


@lru_cache(maxsize=64)
def pill_outline(width: int, height: int, line: int) -> Image.Image:
    """An "L" mask of the outline of a pill. Shared: do not draw on it."""
    hole = Image.new("L", (width, height), 0)
    hole.paste(pill(width - 2 * line, height - 2 * line), (line, line))
    return ImageChops.subtract(pill(width, height), hole)


def disc(size: tuple[int, int], centre: tuple[int, int], radius: int) -> Image.Image:
    """An "L" mask of a disc that may lie partly outside."""
    mask = Image.new("L", (size[0] * 2, size[1] * 2), 0)
    (x, y), r = (centre[0] * 2, centre[1] * 2), radius * 2
    ImageDraw.Draw(mask).ellipse((x - r, y - r, x + r, y + r), fill=255)
    return mask.reduce(2)


def shadow(width: int, height: int, radius: int, blur: int) -> Image.Image:
    """An "L" mask of a soft rounded rectangle, `blur` × 2 pixels larger on every side."""
    grown = Image.new("L", (width + blur * 4, height + blur * 4), 0)
    grown.paste(rounded(width, height, radius), (blur * 2, blur * 2))
    return grown.filter(ImageFilter.GaussianBlur(blur))


def faded(mask: Image.Image, share: float) -> Image.Image:
    """The mask with every value multiplied by `share`."""
    return mask.point([round(value * share) for value in range(256)])
