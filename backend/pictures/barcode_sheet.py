"""A barcode and its number alone, black on white, as large as a phone shows it.

No side is longer than LONGEST: a messenger makes a larger picture smaller, and bars of whole
pixels become bars of broken ones.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from backend.pictures.fonts import BOLD, fit
from backend.pictures.symbol import fit_symbol, module_pixels
from catalog.symbologies.matrix import LINEAR
from models.barcode_format import BarcodeFormat

LONGEST = 1280
UPRIGHT = 1080
"""Width of a picture that is looked at upright."""
TURNED = 720
"""Width of a picture whose symbol runs from top to bottom: 9 to 16, a phone's whole screen."""
PHONE_MM = 70
"""Width of a usual phone's screen."""
WIDE_ENOUGH_MM = 0.5
"""A module that any till reads. Bars that would be narrower are turned, if that widens them."""

BARS = 520
NUMBER = 128
"""Height of the line with the number, in pixels, and of the white around everything."""
EDGE = 32
QUALITY = 92


@dataclass(frozen=True, slots=True)
class Sheet:
    """`number` stands under the symbol, as it is printed on the card."""

    number: str
    value: str
    format: BarcodeFormat


def draw_sheet(sheet: Sheet) -> bytes:
    """JPEG bytes. Raises SymbolRefused."""
    picture = _lying(sheet) if lies(sheet) else _upright(sheet)
    file = BytesIO()
    picture.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def lies(sheet: Sheet) -> bool:
    """Whether the symbol is turned by a quarter: the phone is then held on its side."""
    if sheet.format not in LINEAR and sheet.format is not BarcodeFormat.PDF417:
        return False
    upright = _millimetres(sheet, UPRIGHT, BARS, UPRIGHT)
    return upright < WIDE_ENOUGH_MM and _millimetres(sheet, LONGEST, BARS, TURNED) > upright


def _millimetres(sheet: Sheet, width: int, height: int, across: int) -> float:
    """Width of a module; `across`: pixels of the picture's side that is PHONE_MM wide."""
    return module_pixels(sheet.format, sheet.value, width, height) * PHONE_MM / across


def _upright(sheet: Sheet) -> Image.Image:
    square = sheet.format not in LINEAR and sheet.format is not BarcodeFormat.PDF417
    symbol = fit_symbol(sheet.format, sheet.value, UPRIGHT, UPRIGHT if square else BARS)
    height = max(symbol.height + NUMBER + 2 * EDGE, UPRIGHT * 3 // 4)
    return _composed(sheet, symbol, UPRIGHT, min(height, LONGEST))


def _lying(sheet: Sheet) -> Image.Image:
    """Who turns the phone to the left reads it straight."""
    symbol = fit_symbol(sheet.format, sheet.value, LONGEST, BARS)
    return _composed(sheet, symbol, LONGEST, TURNED).transpose(Image.Transpose.ROTATE_270)


def _composed(sheet: Sheet, symbol: Image.Image, width: int, height: int) -> Image.Image:
    picture = Image.new("L", (width, height), 255)
    top = (height - symbol.height - NUMBER) // 2
    picture.paste(symbol, ((width - symbol.width) // 2, top))
    number = fit(sheet.number, width - 2 * EDGE, largest=72, smallest=28, weight=BOLD)
    place = (width // 2, top + symbol.height + NUMBER * 3 // 4)
    ImageDraw.Draw(picture).text(place, number.text, 0, number.font, anchor="ms")
    return picture
