"""A brand's folder: brand.yaml, the logo, stores.csv, offers."""

from typing import Annotated

from pydantic import Field

from catalog.entries.brand import BrandEntry
from catalog.entries.picture import LOGO
from catalog.entries.values.suggest import one_of
from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import shown
from catalog.pack.offer import read_offer
from catalog.pack.pictures import read_picture
from catalog.pack.shapes import Brand, Offer
from catalog.pack.source import Source, checked, read_source
from catalog.pack.stores import read_stores
from catalog.pack.surroundings import Surroundings, check_key

_LOGO = "logo.png"
_WITHOUT = "none"


class BrandFile(BrandEntry):
    """A brand whose logo is a file."""

    logo: Annotated[str, Text()] = Field(
        default=_LOGO, description="A file beside this one, or `none`."
    )


def read_brand(home: str, around: Surroundings) -> Brand | None:
    """`home` is the brand's folder relative to the pack. None after its mistakes were told."""
    key = check_key(home, around.problems)
    source = read_source(f"{home}/brand.yaml", around.folder, around.problems)
    entry = checked(BrandFile, source, around.problems)
    _check_program(source, around)
    name = source.text("logo") or _LOGO
    expected = "the logo, a square PNG or JPEG"
    logo = None
    if name != _WITHOUT:
        logo = read_picture(around.folder, f"{home}/{name}", LOGO, around.problems, expected)
    offers = _offers(home, key, around)
    stores = read_stores(f"{home}/stores.csv", around.folder, around.problems)
    if entry is None or (logo is None and name != _WITHOUT):
        return None
    program = around.programs.get(entry.program)
    colours = entry.colours or (program.design.colours if program else None)
    kept = entry.model_copy(update={"colours": colours, "logo": logo.sha256 if logo else None})
    return Brand(key, kept, logo, offers, stores)


def _check_program(source: Source, around: Surroundings) -> None:
    key = source.text("program")
    if key and key not in around.programs:
        what = f"program is {shown(key)}, which is unknown"
        line = source.lines.of(("program",))
        around.problems.add(source.file, line, what, one_of(around.programs, key))


def _offers(home: str, brand: str, around: Surroundings) -> tuple[Offer, ...]:
    files = around.folder.files_in(f"{home}/offers", ".yaml")
    if not files:
        around.problems.add(f"{home}/offers", None, "has no offers", "at least one .yaml file")
    read = [read_offer(file, brand, around) for file in files]
    return tuple(offer for offer in read if offer is not None)
