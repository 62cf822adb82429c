"""The card picture besides its barcode: readable ink, long words, strange logos, the cache."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from backend.pictures.backgrounds import Backgrounds, Ground, paint
from backend.pictures.card_picture import CardFace, draw_card
from backend.pictures.colours import palette
from backend.pictures.fonts import BOLD, ELLIPSIS, drawable, fit, fit_lines
from backend.pictures.layout import BELOW, BESIDE, HEIGHT, WIDTH
from catalog.looks.colours import READABLE, WHITE, contrast, luminance, parse_colour
from catalog.symbologies.symbol_rules import SymbolRefused
from models.barcode_format import BarcodeFormat

BORIS = CardFace(
    brand="Жёлтый Слон",
    primary="#FFD600",
    secondary=None,
    logo=None,
    holder="Борис Иванов",
    balance="340 баллов",
    tier="Серебро",
    printed_number="0012345678",
    barcode_value="0012345678",
    barcode_format=BarcodeFormat.QR,
    caption="Покажите на кассе",
)

HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def picture(face: CardFace) -> Image.Image:
    with Image.open(BytesIO(draw_card(face))) as opened:
        assert (opened.format, opened.size) == ("JPEG", (WIDTH, HEIGHT))
        return opened.convert("RGB")


def png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@given(HEX, st.none() | HEX)
def test_ink_is_readable_on_any_two_colours(primary: str, secondary: str | None) -> None:
    colours = palette(primary, secondary)
    assert contrast(colours.start, colours.ink) >= READABLE
    assert contrast(colours.end, colours.ink) >= READABLE


@settings(max_examples=15, deadline=None)
@given(HEX, st.none() | HEX)
def test_ink_is_readable_on_every_pixel_where_words_stand(
    primary: str, secondary: str | None
) -> None:
    """The ornament lies over the gradient and must not spoil it."""
    painted = paint(Ground(" ", primary, secondary), BELOW)
    words = painted.image.crop((200, 20, WIDTH - 20, 180)).resize((80, 16), Image.Resampling.BOX)
    for _, colour in words.getcolors(80 * 16) or []:
        assert isinstance(colour, tuple)
        red, green, blue = colour
        assert contrast((red, green, blue), painted.colours.ink) >= READABLE - 0.1


def test_a_readable_brand_colour_is_left_as_it_is() -> None:
    assert palette("#E31E24", None).start == (227, 30, 36)
    assert palette("#FFD600", "#FFB300").end == (255, 179, 0)
    assert palette("#0B0B10", None).ink == WHITE


STRIP = (1125, 432)


def noise(seed: int, grain: int) -> Image.Image:
    """Black and white dots of so many pixels: nothing is harder to write over."""
    width, height = STRIP[0] // grain + 1, STRIP[1] // grain + 1
    drawn = Image.frombytes("L", (width, height), Random(seed).randbytes(width * height))
    dots = drawn.point(lambda grey: 255 if grey > 127 else 0)
    return dots.resize((width * grain, height * grain), Image.Resampling.NEAREST).crop(
        (0, 0, *STRIP)
    )


STRIPS = st.one_of(
    st.sampled_from(["white", "black"]).map(lambda colour: Image.new("RGB", STRIP, colour)),
    st.just(Image.new("RGBA", STRIP, (0, 0, 0, 0))),
    st.builds(noise, st.integers(0, 1 << 32), st.sampled_from([1, 3, 8, 20])),
)


@settings(max_examples=15, deadline=None)
@given(HEX, HEX, STRIPS)
@example("#00e859", "#001704", noise(750033, 3))
@example("#00e859", "#001704", noise(662266, 1))
def test_words_on_a_strip_are_readable_on_every_pixel(
    primary: str, secondary: str, picture: Image.Image
) -> None:
    """Whatever the brand has uploaded, a picture of one colour or of all of them."""
    strip = png(picture)
    for layout in (BELOW, BESIDE):
        painted = paint(Ground(" ", primary, secondary, strip=strip), layout)
        left, top = layout.words
        box = (left, 36, left + layout.words_width, 180)
        if layout.words_hang:
            box = (left, top, left + layout.words_width, top + 150)
        words = painted.image.crop(box).resize((40, 10), Image.Resampling.BOX)
        for _, colour in words.getcolors(400) or []:
            assert isinstance(colour, tuple)
            red, green, blue = colour
            assert contrast((red, green, blue), painted.colours.ink) >= READABLE - 0.15


def test_a_strip_that_is_none_is_as_if_there_were_none() -> None:
    assert picture(replace(BORIS, strip=b"not a picture")) == picture(BORIS)
    wide = png(Image.new("RGB", (1125, 432), "#123456"))
    assert picture(replace(BORIS, strip=wide)) != picture(BORIS)


def test_an_ink_of_its_own_is_written_with() -> None:
    colours = palette("#1F6F50", "#FFFFFF", "#FFEEDD")
    assert (colours.start, colours.ink) == ((31, 111, 80), (255, 238, 221))
    assert contrast(colours.end, colours.ink) >= READABLE
    # Of a middling ink white is one side and black the other: both ends stay on the ground's.
    grey = palette("#FFFFFF", "#000000", "#767676")
    assert luminance(grey.end) > luminance(grey.ink)


@pytest.mark.parametrize("text", ["red", "#12", "#12345g", "", "123456"])
def test_a_text_that_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected #rrggbb"):
        parse_colour(text)
    with pytest.raises(ValueError, match="expected #rrggbb"):
        draw_card(replace(BORIS, primary=text))


def test_a_bad_barcode_value_is_refused() -> None:
    with pytest.raises(SymbolRefused):
        draw_card(replace(BORIS, barcode_format=BarcodeFormat.EAN13))


def test_long_words_shrink_and_then_end_with_an_ellipsis() -> None:
    short = fit("Анна", 400, largest=40, smallest=20, weight=BOLD)
    assert (short.text, short.font.size) == ("Анна", 40)
    smaller = fit("Александра Рождественская", 400, largest=40, smallest=20, weight=BOLD)
    assert smaller.text == "Александра Рождественская"
    assert 20 <= smaller.font.size < 40
    cut = fit("Константинопольская-" * 5, 400, largest=40, smallest=20, weight=BOLD)
    assert cut.text.endswith(ELLIPSIS)
    assert max(short.width, smaller.width, cut.width) <= 400


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.integers(60, 500))
def test_any_text_fits_its_place(text: str, width: int) -> None:
    assert fit(text, width, largest=40, smallest=20, weight=BOLD).width <= width
    rows = fit_lines(text, width, lines=2, largest=60, smallest=38, weight=BOLD)
    assert len(rows) <= 2
    assert all(row.width <= width for row in rows)


def test_letters_the_typeface_lacks_are_left_out() -> None:
    assert drawable("Анна 🙂  Ли\n№ 7 ₽") == "Анна Ли № 7 ₽"


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.none() | st.text(max_size=60))
def test_whatever_people_are_called_the_card_is_drawn(
    brand: str, holder: str, tier: str | None
) -> None:
    face = replace(BORIS, brand=brand, holder=holder, tier=tier, balance=tier)
    assert picture(face).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize(
    "logo",
    [
        b"",
        b"not a picture",
        png(Image.new("RGB", (300, 300), "red"))[:200],
        png(Image.new("1", (30_000, 2_000))),
    ],
    ids=["empty", "text", "cut", "huge"],
)
def test_a_logo_that_is_none_gives_way_to_initials(logo: bytes) -> None:
    assert picture(replace(BORIS, logo=logo)) == picture(BORIS)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("size", [(1, 1), (512, 512), (900, 60), (60, 900)])
def test_a_logo_of_any_kind_is_shown(mode: str, size: tuple[int, int]) -> None:
    assert picture(replace(BORIS, logo=png(Image.new(mode, size)))) != picture(BORIS)


def test_see_through_parts_of_a_logo_show_the_tile() -> None:
    logo = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    logo.paste((227, 30, 36, 255), (80, 80, 120, 120))
    shown = picture(replace(BORIS, logo=png(logo)))
    middle, aside = shown.getpixel((114, 106)), shown.getpixel((80, 106))
    assert isinstance(middle, tuple)
    assert isinstance(aside, tuple)
    assert middle[0] > 200
    assert middle[1] < 90
    assert min(aside) > 245


def test_the_same_card_gives_the_same_bytes_from_many_threads() -> None:
    faces = [replace(BORIS, brand=f"Бренд {number % 5}") for number in range(20)]
    alone = [draw_card(face) for face in faces]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw_card, faces)) == alone


def test_backgrounds_are_kept_up_to_their_bytes_and_the_latest_used_stay() -> None:
    three = Backgrounds(3 * WIDTH * HEIGHT * 4)
    anna = Ground("Анна", "#112233")
    first = three.get(anna, BELOW)
    three.get(anna, BESIDE)
    three.get(replace(anna, primary="#445566"), BELOW)
    assert three.get(anna, BELOW) is first
    three.get(replace(anna, strip=b"strip"), BELOW)
    assert len(three) == 3
    assert three.get(anna, BELOW) is first


def test_drawing_a_card_leaves_the_kept_background_clean() -> None:
    before = draw_card(BORIS)
    draw_card(replace(BORIS, holder="Виктория Константинопольская", balance=None, tier=None))
    assert draw_card(BORIS) == before
