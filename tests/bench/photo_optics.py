"""What a lens, a lamp and a sensor do to a card: perspective, shade, glare, noise, JPEG."""

import math
from io import BytesIO
from random import Random
from statistics import NormalDist

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]
_DEVIATIONS = [NormalDist().inv_cdf((byte + 0.5) / 256) for byte in range(256)]
"""Of a normal distribution: what an even byte stands for."""


def warp(
    table: Image.Image,
    card: Image.Image,
    random: Random,
    *,
    turn: float,
    lean: float,
    fill: float,
) -> Image.Image:
    """The card lying on the table, turned by `turn` radians, corners moved by up to `lean`.

    It takes the share `fill` of the most that the photo could show of it.
    """
    width, height = table.size
    cos, sin = abs(math.cos(turn)), abs(math.sin(turn))
    fit = min(
        width / (card.width * cos + card.height * sin),
        height / (card.width * sin + card.height * cos),
    )
    fit *= fill
    corners = []
    for x, y in ((0, 0), (card.width, 0), (card.width, card.height), (0, card.height)):
        dx, dy = (x - card.width / 2) * fit, (y - card.height / 2) * fit
        moved = [random.uniform(-lean, lean) * card.width * fit for _ in range(2)]
        corners.append(
            (
                width / 2 + dx * math.cos(turn) - dy * math.sin(turn) + moved[0],
                height / 2 + dx * math.sin(turn) + dy * math.cos(turn) + moved[1],
            )
        )
    flat = [(0.0, 0.0), (card.width, 0.0), (card.width, card.height), (0.0, card.height)]
    coefficients = perspective(corners, flat)
    seen = card.transform(
        table.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC
    )
    mask = Image.new("L", table.size, 0)
    ImageDraw.Draw(mask).polygon(corners, 255)
    return Image.composite(seen.convert("RGB"), table, mask)


def perspective(source: list[Point], target: list[Point]) -> tuple[float, ...]:
    """The eight coefficients that take each source point to its target."""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for place in range(8):
        best = max(range(place, 8), key=lambda row: abs(rows[row][place]))
        rows[place], rows[best] = rows[best], rows[place]
        lead = rows[place][place]
        rows[place] = [value / lead for value in rows[place]]
        for other in range(8):
            if other != place:
                factor = rows[other][place]
                rows[other] = [
                    a - factor * b for a, b in zip(rows[other], rows[place], strict=True)
                ]
    return tuple(row[8] for row in rows)


def bend(card: Image.Image, angle: float) -> Image.Image:
    """The card bent like a piece of a tube that stands upright, seen from the front.

    `angle` is from the middle to the edges: modules get narrower towards both ends, and the
    middle, nearer to the eye, is a little higher.
    """
    width, height = card.size
    strips = 40

    def source(share: float) -> float:
        return width * (0.5 + math.asin((2 * share - 1) * math.sin(angle)) / (2 * angle))

    def sag(share: float) -> float:
        return 0.12 * height * (1 - math.cos(angle * (2 * share - 1)))

    mesh = []
    for strip in range(strips):
        first, last = strip / strips, (strip + 1) / strips
        box = round(width * first), 0, round(width * last), height
        left, right = source(first), source(last)
        up, down = sag(first), sag(last)
        quad = (left, up, left, height - up, right, height - down, right, down)
        mesh.append((box, quad))
    return card.transform(card.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)


def move(photo: Image.Image, pixels: float, angle: float) -> Image.Image:
    """The hand moved while the shutter was open: the mean of the photo along a way."""
    steps = max(2, round(2 * pixels) + 1)
    mean = photo
    for step in range(1, steps):
        along = pixels * step / (steps - 1)
        right, down = along * math.cos(angle), along * math.sin(angle)
        later = photo.transform(
            photo.size,
            Image.Transform.AFFINE,
            (1, 0, right, 0, 1, down),
            Image.Resampling.BILINEAR,
        )
        mean = Image.blend(mean, later, 1 / (step + 1))
    return mean


def dim(photo: Image.Image, share: float) -> Image.Image:
    """Low light: less of every level, lifted a little by the camera."""
    return photo.point([round(20 + level * share) for level in range(256)] * 3)


def shade(photo: Image.Image, random: Random) -> Image.Image:
    """Light from one side."""
    ramp = Image.linear_gradient("L").rotate(random.uniform(0, 360), expand=True).resize(photo.size)
    dim = ramp.point([150 + place * 105 // 255 for place in range(256)])
    return ImageChops.multiply(photo, dim.convert("RGB"))


def glare(photo: Image.Image, random: Random) -> Image.Image:
    """A lamp mirrored somewhere on the card."""
    width, height = photo.size
    spot = Image.new("L", (width // 4, height // 4), 0)
    x = random.uniform(0.25, 0.75) * spot.width
    y = random.uniform(0.25, 0.75) * spot.height
    wide, high = random.uniform(20, 60), random.uniform(10, 30)
    ImageDraw.Draw(spot).ellipse((x - wide, y - high, x + wide, y + high), random.randint(110, 190))
    spot = spot.filter(ImageFilter.GaussianBlur(14)).resize(photo.size, Image.Resampling.BICUBIC)
    return ImageChops.screen(photo, spot.convert("RGB"))


def grain(random: Random, size: tuple[int, int], sigma: float) -> Image.Image:
    """Normal noise about 128, of the given deviation in grey levels.

    Not Pillow's `effect_noise`: that one draws from a state of the C library that is the whole
    process's, so that no photo would be the same twice.
    """
    levels = [min(255, max(0, round(128 + sigma * each))) for each in _DEVIATIONS]
    return Image.frombytes("L", size, random.randbytes(size[0] * size[1])).point(levels)


def noise(photo: Image.Image, random: Random, sigma: float) -> Image.Image:
    """Sensor noise of the given deviation in grey levels."""
    if sigma <= 0:
        return photo
    grey = grain(random, photo.size, sigma).convert("RGB")
    return ImageChops.add(photo, grey, scale=1, offset=-128)


def jpeg(photo: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    photo.save(file, "JPEG", quality=quality)
    return file.getvalue()
