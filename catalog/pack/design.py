"""The pictures that a program's design names, beside program.yaml."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from catalog.entries.design.design import VARIANTS, DesignEntry
from catalog.entries.design.design_variant import VariantEntry
from catalog.entries.picture import LOGO, STRIP, Bounds
from catalog.entries.values.around import Around
from catalog.entries.values.texts import Text
from catalog.pack.folder import Folder
from catalog.pack.pictures import read_picture
from catalog.pack.problems import Problems
from catalog.pack.shapes import Picture
from catalog.pack.source import Source, checked, source_of
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


def read_pictures(home: str, source: Source, around: Surroundings) -> Pictures:
    """Of a program's file: by what each is for and its name, also where other things are wrong."""
    values = source.values
    design = values.get("design") if isinstance(values, Mapping) else None
    return _read(home, design, around.folder, around.problems)


def read_design(file: Path, known: Around) -> tuple[DesignEntry, list[Picture]]:
    """A file with a design alone, and the pictures beside it. Raises PackRefused."""
    problems = Problems()
    source = source_of(file.read_text(encoding="utf-8"), file.name, problems)
    entry = checked(DesignFile, source, problems, known)
    names = {name: file.with_name(name) for _, name in _named(source.values) if "/" not in name}
    there = {name: (path, path.stat().st_size) for name, path in names.items() if path.is_file()}
    pictures = _read("", source.values, Folder(there, problems), problems)
    problems.refuse_if_any()
    design = with_pictures(entry, pictures) if entry is not None else None
    assert design is not None, "what is missing was told"
    return design, list(pictures.values())


def _read(home: str, design: Any, folder: Folder, problems: Problems) -> Pictures:
    """`home`: "" for the folder itself."""
    expected = "the picture that the design names"
    found = {
        (kind, name): read_picture(
            folder, f"{home}/{name}" if home else name, _BOUNDS[kind], problems, expected
        )
        for kind, name in dict.fromkeys(_named(design))
    }
    return {key: picture for key, picture in found.items() if picture is not None}


def _named(design: Any) -> Iterator[tuple[str, str]]:
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
