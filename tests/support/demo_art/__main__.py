"""`python -m tests.support.demo_art PACK` draws logos and offer pictures anew, always the same."""

import sys
from pathlib import Path

import yaml

from tests.support.demo_art.art import ArtRefused, BrandArt, read_art
from tests.support.demo_art.logo import logo_png
from tests.support.demo_art.offer_picture import picture_jpeg
from tests.support.demo_art.strip_picture import strip_jpeg


def draw_pack(pack: Path) -> int:
    """Draws what art.yaml names into the brands' folders; how many files were written."""
    return sum(_draw_brand(pack, art) for art in read_art(pack))


def _draw_brand(pack: Path, art: BrandArt) -> int:
    homes = list(pack.glob(f"accounts/*/brands/{art.key}"))
    if not homes:
        raise ArtRefused(f"art.yaml: there is no brand {art.key!r} in this pack")
    (homes[0] / "logo.png").write_bytes(logo_png(art))
    offers = homes[0] / "offers"
    offers.mkdir(exist_ok=True)
    for picture in art.pictures:
        (offers / f"{picture.key}.jpg").write_bytes(picture_jpeg(art, picture))
    _draw_strips(homes[0], art)
    return 1 + len(art.pictures) + len(art.strips)


def _draw_strips(home: Path, art: BrandArt) -> None:
    """Beside the program whose card they are on."""
    if art.strips:
        program = yaml.safe_load((home / "brand.yaml").read_text(encoding="utf-8"))["program"]
        place = home.parents[1] / "programs" / program
        for strip in art.strips:
            (place / f"{strip.key}.jpg").write_bytes(strip_jpeg(art, strip))


def main() -> int:
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python -m tests.support.demo_art PACK\n")
        return 2
    try:
        count = draw_pack(Path(sys.argv[1]))
    except (ArtRefused, FileNotFoundError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{count} pictures drawn\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
