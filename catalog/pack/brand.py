"""A brand's folder: brand.yaml, the logo, stores.csv, offers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from catalog.pack.fields import Fields
from catalog.pack.folder import Folder
from catalog.pack.keys import check_key
from catalog.pack.offer import OfferHome, read_offer
from catalog.pack.pictures import LOGO, read_picture
from catalog.pack.problems import Problems
from catalog.pack.shapes import Brand, Colours, Offer, Picture, Program
from catalog.pack.stores import read_stores
from catalog.pack.yaml_file import read_fields
from catalog.reference.reference import Reference

_KEYS = ("name", "about", "aliases", "category", "program", "colours", "website", "logo")
_NO_PICTURE = Picture("", Path(), "", 0, 0, "")
_WEBSITE = re.compile(r"https?://[^\s/]\S*")


@dataclass(frozen=True, slots=True)
class BrandSurroundings:
    """What a brand's files are checked against; `programs` are those of its account."""

    folder: Folder
    problems: Problems
    reference: Reference
    programs: Mapping[str, Program]
    where: ZoneInfo


def read_brand(home: str, key: str, around: BrandSurroundings) -> Brand:
    """`home` is the brand's folder relative to the pack."""
    fields = read_fields(f"{home}/brand.yaml", _KEYS, around.folder, around.problems)
    program = fields.known("program", around.programs, "a program of this account")
    return Brand(
        key=key,
        program=program,
        name=fields.both("name", longest=60),
        about=fields.optional_both("about", longest=500),
        aliases=fields.texts("aliases", longest=60),
        category=fields.known("category", around.reference.categories, "a category"),
        colours=_colours(fields, around.programs.get(program)),
        website=_website(fields),
        logo=_logo(home, fields, around),
        offers=_offers(home, key, around),
        stores=read_stores(f"{home}/stores.csv", around.folder, around.reference, around.problems),
    )


def _colours(fields: Fields, program: Program | None) -> Colours:
    if fields.has("colours") or program is None:
        return fields.colours("colours")
    return program.design


def _website(fields: Fields) -> str:
    got = fields.optional_text("website", longest=200)
    if got and not _WEBSITE.fullmatch(got):
        fields.wrong("website", f"is {got!r}", "an address like https://brand.example")
    return got


def _logo(home: str, fields: Fields, around: BrandSurroundings) -> Picture:
    name = fields.optional_text("logo") or "logo.png"
    expected = "the logo, a square PNG or JPEG"
    file = f"{home}/{name}"
    found = read_picture(around.folder, file, LOGO, around.problems, expected)
    return found or _NO_PICTURE


def _offers(home: str, brand: str, around: BrandSurroundings) -> tuple[Offer, ...]:
    files = around.folder.files_in(f"{home}/offers", ".yaml")
    if not files:
        around.problems.add(f"{home}/offers", None, "has no offers", "at least one .yaml file")
    for file in files:
        check_key(PurePosixPath(file).stem, file, around.problems)
    offers = OfferHome(brand, around.folder, around.problems, around.reference, around.where)
    return tuple(read_offer(file, offers) for file in files)
