"""A card as the phone shows it: its front and its back, each as one SVG."""

import base64
import html
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import zxingcpp

from bot.sandbox.phone.opened import OpenedPass

WIDTH, HEIGHT = 360, 460
_FORMATS = {
    "PKBarcodeFormatQR": zxingcpp.BarcodeFormat.QRCode,
    "PKBarcodeFormatCode128": zxingcpp.BarcodeFormat.Code128,
    "PKBarcodeFormatPDF417": zxingcpp.BarcodeFormat.PDF417,
    "PKBarcodeFormatAztec": zxingcpp.BarcodeFormat.Aztec,
}
_LONGEST_LINE = 36


def front(card: OpenedPass) -> str:
    said = card.said
    # Without anything to stand beside, what is below moves up.
    bare = card.picture("strip") is None and not card.fields("primary")
    y = 110 if bare else 232
    ground = _colour(said.get("backgroundColor"), "rgb(40, 40, 40)")
    return "".join(
        (
            _begin(WIDTH, HEIGHT, card.text(said.get("description"))),
            f'<rect width="{WIDTH}" height="{HEIGHT}" rx="16" fill="{ground}"/>',
            *_top(card),
            *_strip(card),
            *_row(card, "primary", 150, 34),
            *_row(card, "secondary", y, 17),
            *_row(card, "auxiliary", y + 44, 17),
            *_barcode(card),
            *_void(card),
            "</svg>",
        )
    )


def back(card: OpenedPass) -> str:
    lines: list[str] = []
    y = 30
    for label, value in card.fields("back"):
        lines.append(_words(20, y, 13, "#6d6d72", label))
        y += 20
        for line in _lines(value):
            lines.append(_words(20, y, 15, "#111", line))
            y += 20
        y += 14
    height = max(y, 120)
    ground = f'<rect width="{WIDTH}" height="{height}" rx="16" fill="#f2f2f7"/>'
    return "".join((_begin(WIDTH, height, "…"), ground, *lines, "</svg>"))


def _begin(width: int, height: int, title: str) -> str:
    told = html.escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' width="{width}" height="{height}" font-family="Onest, system-ui, sans-serif">'
        f"<title>{told}</title>"
    )


def _top(card: OpenedPass) -> Iterator[str]:
    ink = _ink(card)
    logo, x = card.picture("logo"), 16
    if logo is not None:
        yield _picture(logo, 16, 14, 110, 34, "xMinYMid")
        x = 134
    yield _words(x, 36, 16, ink, card.text(card.said.get("logoText"))[:22])
    yield from _row(card, "header", 24, 18, right=True)


def _strip(card: OpenedPass) -> Iterator[str]:
    strip = card.picture("strip")
    if strip is not None:
        yield _picture(strip, 0, 66, WIDTH, 138, "xMidYMid slice")


def _row(card: OpenedPass, place: str, y: int, size: int, *, right: bool = False) -> Iterator[str]:
    shown = card.fields(place)
    label = _colour(card.said.get("labelColor"), _ink(card))
    for number, (name, value) in enumerate(shown):
        x = 16 + number * (WIDTH - 32) // max(len(shown), 1)
        anchor = "end" if right else "start"
        x = WIDTH - 16 if right else x
        room = _LONGEST_LINE // max(len(shown), 1)
        yield _words(x, y, 10, label, name.upper()[:room], anchor)
        yield _words(x, y + size + 2, size, _ink(card), value[:room], anchor)


def _barcode(card: OpenedPass) -> Iterator[str]:
    listed: Sequence[dict[str, str]] = card.said.get("barcodes") or ()
    if not listed:
        return
    first = listed[0]
    kind, message = _FORMATS.get(first.get("format", "")), first.get("message", "")
    yield f'<rect x="60" y="318" width="{WIDTH - 120}" height="128" rx="8" fill="#fff"/>'
    if kind is not None:
        yield _symbol(zxingcpp.create_barcode(message, kind))
    under = card.text(first.get("altText"))[:40]
    yield _words(WIDTH // 2, 438, 12, "#111", under, "middle")


def _symbol(symbol: Any) -> str:
    """Its runs of dark modules, as large as there is room."""
    image = memoryview(symbol.to_image(scale=1, add_hrt=False, add_quiet_zones=False))
    height, width = image.shape or (1, 1)
    rows = 1 if height > 1 and width > 2 * height else height
    wide = (WIDTH - 148) / width
    high = 88 / rows if rows == 1 else min(wide, 96 / rows)
    wide = wide if rows == 1 else high
    left, path = (WIDTH - wide * width) / 2, ""
    for y in range(rows):
        x = 0
        for light, run in groupby(image.tobytes()[y * width : (y + 1) * width]):
            length = len(list(run))
            if not light:
                at, top = left + x * wide, 324 + y * high
                path += f"M{at:.2f} {top:.2f}h{length * wide:.2f}v{high:.2f}h-{length * wide:.2f}z"
            x += length
    return f'<path d="{path}" shape-rendering="crispEdges"/>'


def _void(card: OpenedPass) -> Iterator[str]:
    if card.said.get("voided"):
        yield f'<rect width="{WIDTH}" height="{HEIGHT}" rx="16" fill="#fff" fill-opacity=".6"/>'


def _picture(content: bytes, x: int, y: int, width: int, height: int, fit: str) -> str:
    held = base64.b64encode(content).decode()
    return (
        f'<image x="{x}" y="{y}" width="{width}" height="{height}" preserveAspectRatio="{fit}"'
        f' href="data:image/png;base64,{held}"/>'
    )


def _words(x: int, y: int, size: int, ink: str, text: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{ink}" text-anchor="{anchor}">'
        f"{html.escape(text)}</text>"
    )


def _ink(card: OpenedPass) -> str:
    return _colour(card.said.get("foregroundColor"), "rgb(255, 255, 255)")


def _colour(told: object, otherwise: str) -> str:
    """Nothing but a colour becomes part of the picture."""
    parts = str(told or "").removeprefix("rgb(").removesuffix(")").split(",")
    if len(parts) == 3 and all(part.strip().isdigit() for part in parts):
        return "rgb({}, {}, {})".format(*(part.strip() for part in parts))
    return otherwise


def _lines(text: str) -> Iterator[str]:
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.split(" "):
            if line and len(line) + len(word) >= _LONGEST_LINE:
                yield line
                line = word
            else:
                line = f"{line} {word}" if line else word
        yield line[:_LONGEST_LINE]
