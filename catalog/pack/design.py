"""The pictures that a program's design names, beside program.yaml."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from catalog.entries.design import VARIANTS, DesignEntry
from catalog.entries.design_variant import VariantEntry
from catalog.entries.picture import LOGO, STRIP, Bounds
from catalog.entries.values.texts import Text
from catalog.pack.pictures import read_picture
from catalog.pack.shapes import Picture
from catalog.pack.source import Source
from catalog.pack.surroundings import Surroundings

Pictures = dict[tuple[str, str], Picture]
_BOUNDS: Mapping[str, Bounds] = {"logo": LOGO, "strip": STRIP}
_FILE = Annotated[
    str | None, Text(), Field(default=None, description="A PNG or JPEG beside this file.")
]


class VariantFile(VariantEntry):
    """A variant whose pictures are files."""

    logo: _FILE
    strip: _FILE


class DesignFile(DesignEntry):
    """A design whose pictures are files."""

    logo: _FILE
    strip: _FILE
    variants: Annotated[tuple[VariantFile, ...], VARIANTS] = Field(
        default=(), description="For cards of certain tiers, or people of a segment."
    )


def read_pictures(
    home: str, source: Source, around: Surroundings
) -> dict[tuple[str, str], Picture]:
    """By what each is for and its name, also where other things are wrong."""
    expected = "the picture that program.yaml names"
    found = {
        (kind, name): read_picture(
            around.folder, f"{home}/{name}", _BOUNDS[kind], around.problems, expected
        )
        for kind, name in dict.fromkeys(_named(source.values))
    }
    return {key: picture for key, picture in found.items() if picture is not None}


def _named(values: Any) -> Iterator[tuple[str, str]]:
    design = values.get("design") if isinstance(values, Mapping) else None
    variants = design.get("variants") if isinstance(design, Mapping) else None
    for look in (design, *(variants if isinstance(variants, list) else ())):
        for kind in _BOUNDS:
            name = look.get(kind) if isinstance(look, Mapping) else None
            if isinstance(name, str) and 0 < len(name.strip()) <= Text().longest:
                yield kind, name.strip()


def with_pictures(design: DesignEntry, pictures: Pictures) -> DesignEntry | None:
    """The same with the SHA-256 of each; None where one is missing, which was told."""
    told = design.kept()
    for look in (told, *told.get("variants", ())):
        for kind in _BOUNDS:
            if kind in look:
                picture = pictures.get((kind, look[kind]))
                if picture is None:
                    return None
                look[kind] = picture.sha256
    return DesignEntry.model_validate(told)
