"""A picture that is kept is drawn anew: small, upright, without where it was taken."""

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from backend.reading.files.kept_picture import kept_picture
from backend.reading.result import LARGEST_PICTURE, FileRefused, Unreadable
from tests.reading import hostile_files as hostile


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def test_a_photo_of_twelve_megapixels_becomes_small() -> None:
    noise = Image.frombytes("RGB", (500, 375), Random(1).randbytes(500 * 375 * 3))
    photo = hostile.saved(noise.resize((4000, 3000), Image.Resampling.NEAREST), "JPEG", quality=95)
    kept = kept_picture(photo)
    assert len(kept) <= LARGEST_PICTURE < len(photo)
    assert max(opened(kept).size) <= 1280


def test_place_and_time_of_a_photo_go_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    exif[0x8825] = {1: "N", 2: (55.0, 45.0, 7.0)}
    exif[0x010F] = "a camera of Anna's"
    photo = hostile.saved(hostile.card(), "JPEG", exif=exif, comment=b"at home")
    kept = kept_picture(photo)
    assert opened(kept).size == (600, 900)
    assert not opened(kept).getexif()
    assert b"Anna" not in kept
    assert b"home" not in kept


@pytest.mark.parametrize("see_through", [True, False])
def test_a_logo_may_stay_see_through(see_through: bool) -> None:
    logo = hostile.saved(Image.new("RGBA", (90, 60), (255, 0, 0, 0)), "PNG")
    kept = opened(kept_picture(logo, see_through=see_through))
    assert kept.format == ("PNG" if see_through else "JPEG")
    corner = kept.convert("RGBA").getpixel((0, 0))
    assert corner == (255, 0, 0, 0) if see_through else corner == (255, 255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK", "RGB"])
def test_every_kind_of_picture_is_kept(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    kept = kept_picture(hostile.saved(Image.new(mode, (90, 60)), kind))
    assert opened(kept).size == (90, 60)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Unreadable.EMPTY),
        (bytes(20_000_000), Unreadable.NOT_A_PICTURE),
        (hostile.saved(hostile.card(), "GIF"), Unreadable.NOT_A_PICTURE),
        (b"\x89PNG front", Unreadable.NOT_A_PICTURE),
        (hostile.saved(hostile.card(), "PNG")[:-200], Unreadable.DAMAGED),
        (hostile.png_bomb(9000, 9000), Unreadable.TOO_MANY_PIXELS),
        (hostile.png_that_lies(4000, 4000), Unreadable.DAMAGED),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, code: Unreadable) -> None:
    with pytest.raises(FileRefused) as refused:
        kept_picture(data)
    assert refused.value.code is code
