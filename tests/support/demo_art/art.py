"""art.yaml: how a pack's pictures look."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from catalog.entries.values.suggest import one_of
from catalog.looks.colours import Rgb, parse_colour
from tests.support.demo_art.marks import MARKS
from tests.support.demo_art.scenes import SCENES


class ArtRefused(ValueError):
    """art.yaml asks for something that cannot be drawn."""


@dataclass(frozen=True, slots=True)
class PictureArt:
    """`big` stands above `headline`, neither on a strip; `hero` and `props` are marks."""

    key: str
    headline: str
    big: str
    hero: str
    props: tuple[str, ...]
    scene: str
    ground: Rgb
    main: Rgb


@dataclass(frozen=True, slots=True)
class BrandArt:
    key: str
    name: str
    mark: str
    ground: Rgb
    main: Rgb
    pictures: tuple[PictureArt, ...] = field(default=())
    strips: tuple[PictureArt, ...] = field(default=())


def read_art(pack: Path) -> list[BrandArt]:
    """The brands of `art.yaml`, in its order."""
    listed: dict[str, dict[str, Any]] = yaml.safe_load(
        (pack / "art.yaml").read_text(encoding="utf-8")
    )
    return [_brand(key, entry) for key, entry in listed.items()]


def _brand(key: str, entry: dict[str, Any]) -> BrandArt:
    ground, main = parse_colour(entry["ground"]), parse_colour(entry["main"])
    pictures, strips = (entry.get(name, {}).items() for name in ("pictures", "strips"))
    return BrandArt(
        key=key,
        name=entry["name"],
        mark=_known(entry["mark"], MARKS),
        ground=ground,
        main=main,
        pictures=tuple(_picture(name, each, ground, main) for name, each in pictures),
        strips=tuple(_picture(name, each, ground, main) for name, each in strips),
    )


def _picture(key: str, entry: dict[str, Any], ground: Rgb, main: Rgb) -> PictureArt:
    return PictureArt(
        key=key,
        headline=entry.get("headline", ""),
        big=entry.get("big", ""),
        hero=_known(entry["hero"], MARKS),
        props=tuple(_known(name, MARKS) for name in entry.get("props", ())),
        scene=_known(entry["scene"], SCENES),
        ground=parse_colour(entry["ground"]) if "ground" in entry else ground,
        main=parse_colour(entry["main"]) if "main" in entry else main,
    )


def _known(name: str, among: dict[str, Any]) -> str:
    if name not in among:
        raise ArtRefused(f"art.yaml: {name!r} is unknown; expected {one_of(among, name)}")
    return name
