"""`python -m catalog.pack.draw PACK` draws logos and offer pictures anew, the same every time."""

import sys
from pathlib import Path

from catalog.pack.draw.art import ArtRefused, BrandArt, read_art
from catalog.pack.draw.logo import logo_png
from catalog.pack.draw.offer_picture import picture_jpeg


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
    return 1 + len(art.pictures)


def main() -> int:
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python -m catalog.pack.draw PACK\n")
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
