"""One offer of a pack: its YAML, and the pictures beside it."""

from pathlib import PurePosixPath
from typing import Annotated

from pydantic import Field

from catalog.entries.offer import MOST_PICTURES, OfferEntry
from catalog.entries.picture import OFFER_PICTURE
from catalog.entries.values.lists import Listed
from catalog.entries.values.texts import Item
from catalog.pack.pictures import read_picture
from catalog.pack.shapes import Offer
from catalog.pack.source import checked, read_source
from catalog.pack.surroundings import Surroundings, check_key

_LONGEST_NAME = 200
_PICTURES = Listed(
    MOST_PICTURES,
    "has {} pictures",
    f"at most {MOST_PICTURES}",
    wanted="a list of PNG or JPEG files beside this file",
    again="{} stands twice in pictures",
)


class OfferFile(OfferEntry):
    """An offer whose pictures are files."""

    pictures: Annotated[tuple[Annotated[str, Item("pictures", _LONGEST_NAME)], ...], _PICTURES] = (
        Field(description="Files beside this one; the first is shown first.")
    )


def read_offer(file: str, brand: str, around: Surroundings) -> Offer | None:
    """None after its mistakes were told."""
    key = check_key(file, around.problems)
    source = read_source(file, around.folder, around.problems)
    entry = checked(OfferFile, source, around.problems, around.around)
    beside = PurePosixPath(file).parent
    expected = f"the picture that {PurePosixPath(file).name} names"
    found = [
        read_picture(around.folder, f"{beside}/{name}", OFFER_PICTURE, around.problems, expected)
        for name in source.texts("pictures", _LONGEST_NAME)
    ]
    pictures = tuple(picture for picture in found if picture)
    if entry is None:
        return None
    kept = entry.model_copy(update={"pictures": tuple(each.sha256 for each in pictures)})
    return Offer(f"{brand}-{key}", kept, pictures)
