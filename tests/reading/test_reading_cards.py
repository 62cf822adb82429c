"""What people send of their cards is read, whatever file it comes in."""

from io import BytesIO
from random import Random

import pytest
from PIL import Image, ImageDraw, ImageFilter

from backend.pictures.symbol import draw_symbol
from backend.reading.files.read_file import read_file
from backend.reading.result import Unreadable
from catalog.symbologies.symbol_rules import spellings
from models.barcode_format import BarcodeFormat
from tests.bench.photos import Level, take_empty_photo, take_photo
from tests.reading.hostile_files import NUMBER, card, saved

WEAK = {BarcodeFormat.ITF, BarcodeFormat.CODABAR, BarcodeFormat.CODE39}
BORISS_CARDS = (
    (BarcodeFormat.EAN13, "2900000012349"),
    (BarcodeFormat.CODE128, "KARMAN-00123456"),
    (BarcodeFormat.QR, "https://example.org/c/42"),
)


@pytest.mark.parametrize("level", [Level.EASY, Level.MEDIUM])
@pytest.mark.parametrize("barcode", BarcodeFormat)
def test_annas_photo_of_her_plastic_is_read(barcode: BarcodeFormat, level: Level) -> None:
    photo = take_photo(Random(f"Анна {barcode} {level}"), level, barcode)
    assert photo.value is not None
    reading = read_file(photo.data, budget_seconds=60)
    assert len(reading.barcodes) == 1
    found = reading.barcodes[0]
    assert found.text in spellings(barcode, photo.value)
    assert found.confident == (found.format not in WEAK)
    assert reading.refused is None


@pytest.mark.parametrize("barcode", BarcodeFormat)
def test_of_a_hurried_photo_nothing_wrong_is_read(barcode: BarcodeFormat) -> None:
    photo = take_photo(Random(f"Борис {barcode}"), Level.HARD, barcode)
    assert photo.value is not None
    texts = {found.text for found in read_file(photo.data, budget_seconds=60).barcodes}
    assert texts <= spellings(barcode, photo.value)


def test_a_photo_without_a_barcode_gives_none() -> None:
    for place in range(6):
        photo = take_empty_photo(Random(f"Анна without {place}"), list(Level)[place % 3])
        assert read_file(photo.data, budget_seconds=60).barcodes == ()


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"quality": 30}),
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("WEBP", {}),
        ("PDF", {}),
    ],
)
def test_every_format_that_is_accepted(kind: str, options: dict[str, object]) -> None:
    reading = read_file(saved(card(), kind, **options))
    assert [found.text for found in reading.barcodes] == [NUMBER]
    assert reading.barcodes[0].confident


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16", "CMYK"])
def test_every_kind_of_pixels(mode: str) -> None:
    if mode == "I;16":
        deep = card().convert("I").point(lambda level: level * 256)
        data = saved(deep.convert("I;16"), "PNG")
    else:
        data = saved(card().convert(mode), "JPEG" if mode == "CMYK" else "PNG")
    assert [found.text for found in read_file(data).barcodes] == [NUMBER]


def test_black_bars_on_nothing_are_bars_on_white() -> None:
    symbol = draw_symbol(BarcodeFormat.EAN13, NUMBER, scale=4)
    page = Image.new("RGBA", (700, 400), (0, 0, 0, 0))
    page.paste((0, 0, 0, 255), (100, 100), symbol.point(lambda level: 255 - level))
    assert [found.text for found in read_file(saved(page, "PNG")).barcodes] == [NUMBER]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_however_the_phone_was_held(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    reading = read_file(saved(card(), "JPEG", exif=exif.tobytes()))
    found = reading.barcodes[0]
    assert found.text == NUMBER
    left, top, right, low = found.box
    upright = right - left > low - top
    assert upright == (orientation <= 4)


@pytest.mark.parametrize("degrees", [37, 64, 90, 118, 145, 180, 233, 270])
def test_turned_by_any_angle(degrees: int) -> None:
    turned = card().rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="#e8e8e8")
    assert [found.text for found in read_file(saved(turned, "PNG")).barcodes] == [NUMBER]


def test_boris_sends_a_screenshot_of_three_cards() -> None:
    page = Image.new("RGB", (1080, 2200), "white")
    for row, (barcode, value) in enumerate(BORISS_CARDS):
        symbol = draw_symbol(barcode, value, scale=4)
        page.paste(symbol, (150 + 40 * row, 150 + 700 * row))
    reading = read_file(saved(page, "PNG"))
    assert [(found.format, found.text) for found in reading.barcodes] == list(BORISS_CARDS)
    assert all(found.confident for found in reading.barcodes)


def test_two_cards_side_by_side_are_named_from_the_left() -> None:
    page = Image.new("RGB", (1300, 500), "white")
    for column, value in enumerate(("4006381333931", "4606453849072")):
        page.paste(draw_symbol(BarcodeFormat.EAN13, value, scale=4), (60 + 640 * column, 100))
    texts = [found.text for found in read_file(saved(page, "PNG")).barcodes]
    assert texts == ["4006381333931", "4606453849072"]


def test_the_same_number_twice_is_one_card() -> None:
    page = Image.new("RGB", (900, 1200), "white")
    for row in range(2):
        page.paste(draw_symbol(BarcodeFormat.EAN13, NUMBER, scale=5), (100, 100 + 550 * row))
    assert len(read_file(saved(page, "PNG")).barcodes) == 1


def test_every_page_of_a_pdf_is_read_in_order() -> None:
    pages = []
    for barcode, value in BORISS_CARDS:
        page = Image.new("RGB", (900, 600), "white")
        page.paste(draw_symbol(barcode, value, scale=3), (150, 150))
        pages.append(page)
    reading = read_file(saved(pages[0], "PDF", save_all=True, append_images=pages[1:]))
    assert [(found.page, found.text) for found in reading.barcodes] == [
        (page, value) for page, (_, value) in enumerate(BORISS_CARDS)
    ]


def test_pages_beyond_the_tenth_are_counted() -> None:
    blank = [Image.new("L", (100, 100), "white") for _ in range(12)]
    reading = read_file(saved(blank[0], "PDF", save_all=True, append_images=blank[1:]))
    assert reading.pages_left == 2


def test_upc_is_told_with_the_twelve_digits_that_are_printed() -> None:
    page = Image.new("L", (700, 400), "white")
    page.paste(draw_symbol(BarcodeFormat.UPCA, "036000291452", scale=4), (100, 100))
    found = read_file(saved(page, "PNG")).barcodes
    assert [(one.format, one.text) for one in found] == [(BarcodeFormat.UPCA, "036000291452")]


def test_a_small_card_in_a_large_photo() -> None:
    page = Image.new("RGB", (4800, 3600), "#b0a090")
    page.paste(card().resize((1000, 667)), (2900, 2300))
    reading = read_file(saved(page, "JPEG"), budget_seconds=60)
    assert [found.text for found in reading.barcodes] == [NUMBER]


def test_the_original_of_a_camera_of_48_megapixels() -> None:
    page = Image.new("L", (8000, 6000), "#b0a090")
    page.paste(card().convert("L").resize((2000, 1333)), (2900, 2300))
    reading = read_file(saved(page, "JPEG"), budget_seconds=60)
    assert [found.text for found in reading.barcodes] == [NUMBER]
    assert read_file(saved(page, "PNG", compress_level=1)).refused is Unreadable.TOO_MANY_PIXELS


def test_a_scan_that_uses_little_of_its_sixteen_bits() -> None:
    levels = card().convert("L").convert("I").point(lambda level: level * 8 + 2000)
    reading = read_file(saved(levels.convert("I;16"), "PNG"))
    assert [found.text for found in reading.barcodes] == [NUMBER]


def test_a_small_code_on_a_large_photo_of_a_cloth() -> None:
    """The cloth is all stripes: only the page in its full size shows the bars among them."""
    value, random = "CARD-0012345", Random("cloth")
    cloth = Image.new("L", (2016, 1512))
    draw = ImageDraw.Draw(cloth)
    for _ in range(9000):
        x, y = random.randrange(2016), random.randrange(1512)
        end = x + random.randint(-40, 40), y + random.randint(-40, 40)
        draw.line((x, y, *end), random.randint(0, 255), random.randint(1, 6))
    page = cloth.resize((4032, 3024), Image.Resampling.BICUBIC)
    symbol = draw_symbol(BarcodeFormat.CODE128, value, scale=4).convert("L")
    page.paste(symbol.resize((320, 96), Image.Resampling.LANCZOS), (2400, 1700))
    data = saved(page.filter(ImageFilter.GaussianBlur(0.5)), "JPEG", quality=80)
    found = read_file(data, budget_seconds=60).barcodes
    assert [(one.text, one.confident) for one in found] == [(value, True)]


def test_bars_close_to_a_square_are_read_as_well() -> None:
    page = Image.new("L", (700, 700), "white")
    page.paste(draw_symbol(BarcodeFormat.QR, "KARMAN", scale=8).convert("L"), (60, 40))
    page.paste(draw_symbol(BarcodeFormat.CODE39, "ABC-123", scale=3).convert("L"), (40, 300))
    texts = {found.text for found in read_file(saved(page, "PNG")).barcodes}
    assert texts == {"KARMAN", "ABC-123"}


def test_a_torn_itf_is_never_offered_beside_the_whole() -> None:
    for place in range(6):
        photo = take_photo(Random(f"Борис {place}"), Level.MEDIUM, BarcodeFormat.ITF)
        texts = [found.text for found in read_file(photo.data, budget_seconds=60).barcodes]
        assert texts == [photo.value]


def test_the_extension_does_not_matter_but_the_content_does() -> None:
    gif = BytesIO()
    card().save(gif, "GIF")
    assert read_file(gif.getvalue()).refused is Unreadable.NOT_A_PICTURE
