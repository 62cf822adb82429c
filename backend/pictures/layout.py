"""Where things stand on a card picture of 1080 × 680 pixels."""

from dataclasses import dataclass, replace

from catalog.symbologies.matrix import LINEAR
from catalog.symbologies.symbol_rules import MAX_LENGTH
from models.barcode_format import BarcodeFormat

WIDTH, HEIGHT = 1080, 680
MARGIN = 44
EDGE = 28
"""From the white panel to the edge of the card; less than MARGIN leaves room for wide bars."""
LOGO = 140
PANEL_RADIUS = 36

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`panel` is the white sheet of the barcode; the words stand on the colours."""

    panel: Box
    words: tuple[int, int]
    """Left edge and vertical middle (or top, see `words_hang`) of brand name and holder."""
    words_hang: bool
    words_width: int
    chips: tuple[int, int]
    """Top left corner of the chips, or top right one, see `chips_from_right`."""
    chips_from_right: bool
    chips_width: int
    pad: int = 24
    """From the top of the panel to the symbol."""
    foot: int = 30
    """From the baseline of the last line to the bottom of the panel."""
    rise: int = 58
    """From the symbol to the baseline of the number below it."""
    number: tuple[int, int] = (44, 24)
    """Largest and smallest letters of the number."""

    def symbol_box(self, baseline: int) -> Box:
        """Between the top of the panel and the number that stands on `baseline`."""
        left, top, right, _ = self.panel
        return left + 4, top + self.pad, right - 4, baseline - self.rise


BELOW = Layout(
    panel=(EDGE, 212, WIDTH - EDGE, HEIGHT - EDGE),
    words=(MARGIN + LOGO + 28, 36 + LOGO // 2),
    words_hang=False,
    words_width=504,
    chips=(WIDTH - MARGIN, 42),
    chips_from_right=True,
    chips_width=300,
)
"""Wide symbols: the panel lies across the card, everything else is above it."""


def _beside(panel_width: int, words_width: int) -> Layout:
    return Layout(
        panel=(WIDTH - EDGE - panel_width, EDGE, WIDTH - EDGE, HEIGHT - EDGE),
        words=(MARGIN, 36 + LOGO + 24),
        words_hang=True,
        words_width=words_width,
        chips=(MARGIN, HEIGHT - MARGIN - 130),
        chips_from_right=False,
        chips_width=words_width,
    )


BESIDE = _beside(500, 460)
"""Square symbols: the panel stands on the right."""

DENSE = replace(_beside(624, 360), pad=12, foot=18, rise=34, number=(28, 20))
"""Square symbols of long values: the words give way, so that the modules stay large enough."""


def layout_for(barcode: BarcodeFormat, value: str = "") -> Layout:
    """Wide symbols lie below the words, square ones stand beside them."""
    if barcode in LINEAR or barcode is BarcodeFormat.PDF417:
        return BELOW
    return DENSE if len(value.encode()) > MAX_LENGTH[barcode] else BESIDE
