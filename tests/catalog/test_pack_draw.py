"""Вера has no designer: she writes art.yaml and the pictures are drawn for her."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from catalog.pack.problems import PackProblem
from tests.support.demo_art.__main__ import draw_pack
from tests.support.demo_art.art import ArtRefused
from tests.support.demo_art.marks import MARKS
from tests.support.demo_art.path import outline
from tests.support.demo_art.scenes import SCENES

Find = Callable[[], list[PackProblem]]
ART = """
lavka:
  name: Лавка
  mark: {mark}
  ground: "#1F6F50"
  main: "#F4C95D"
  pictures:
    welcome: {{big: "1-й", headline: "чай\\nс пряником", hero: cup, props: [star], scene: {scene}}}
"""


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_a_described_brand_gets_its_pictures(pack: Path, problems: Find, scene: str) -> None:
    brand = pack / "accounts/lavka/brands/lavka"
    (brand / "logo.png").unlink()
    (brand / "offers/welcome.jpg").unlink()
    (pack / "art.yaml").write_text(ART.format(mark="cup", scene=scene), encoding="utf-8")
    assert draw_pack(pack) == 2
    assert problems() == []
    with Image.open(brand / "logo.png") as logo:
        assert logo.size == (512, 512)
        corner, middle = logo.convert("RGBA").getpixel((0, 0)), logo.size[0] // 2
        assert isinstance(corner, tuple)
        assert corner[3] == 0
        solid = logo.convert("RGBA").getpixel((middle, middle))
        assert isinstance(solid, tuple)
        assert solid[3] == 255
    with Image.open(brand / "offers/welcome.jpg") as picture:
        assert (picture.size, picture.format) == ((1200, 675), "JPEG")


def test_a_card_gets_its_strip(pack: Path, problems: Find) -> None:
    art = ART.format(mark="cup", scene="sun")
    strip = '  strips:\n    strip: {hero: cup, props: [star], scene: hills, main: "#FFFFFF"}\n'
    (pack / "art.yaml").write_text(art + strip, encoding="utf-8")
    assert draw_pack(pack) == 3
    home = pack / "accounts/lavka/programs/lavka-card"
    with Image.open(home / "strip.jpg") as picture:
        assert (picture.size, picture.format) == ((1125, 432), "JPEG")
    assert [each.what for each in problems()] == ["is used by nothing"]
    program = home / "program.yaml"
    text = program.read_text(encoding="utf-8")
    program.write_text(text.replace("design:\n", "design:\n  strip: strip.jpg\n"), encoding="utf-8")
    assert problems() == []


def test_every_mark_can_be_a_logo(pack: Path) -> None:
    seen = set()
    for mark in sorted(MARKS):
        (pack / "art.yaml").write_text(
            f'lavka: {{name: Л, mark: {mark}, ground: "#1F6F50", main: "#F4C95D"}}',
            encoding="utf-8",
        )
        draw_pack(pack)
        seen.add((pack / "accounts/lavka/brands/lavka/logo.png").read_bytes())
    assert len(seen) == len(MARKS)


def test_an_unknown_mark_or_brand_is_named(pack: Path) -> None:
    (pack / "art.yaml").write_text(ART.format(mark="cupp", scene="sun"), encoding="utf-8")
    with pytest.raises(ArtRefused, match="did you mean 'cup'"):
        draw_pack(pack)
    text = ART.format(mark="cup", scene="sun").replace("lavka:", "larek:")
    (pack / "art.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ArtRefused, match="there is no brand 'larek'"):
        draw_pack(pack)


def test_a_path_ends_where_its_last_command_says() -> None:
    points = outline("M0 0 L10 0 Q20 0 20 10 C20 30 5.5 30 -4 40")
    assert points[:2] == [(0, 0), (10, 0)]
    assert points[-1] == pytest.approx((-4, 40))
