"""One offer: what the catalog shows of a brand."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from catalog.pack.fields import Fields
from catalog.pack.folder import Folder
from catalog.pack.moments import moment
from catalog.pack.pictures import OFFER_PICTURE, read_picture
from catalog.pack.problems import Problems
from catalog.pack.shapes import Offer, Picture
from catalog.pack.suggest import one_city_of
from catalog.pack.yaml_file import read_fields
from catalog.reference.reference import Reference
from models.offer import OfferStatus

_KEYS = ("benefit", "terms", "pictures", "cities", "starts", "ends", "status", "position")
_MOST_PICTURES = 10
EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class OfferHome:
    """Where an offer's file is and what it is checked against."""

    brand: str
    folder: Folder
    problems: Problems
    reference: Reference
    where: ZoneInfo


def read_offer(file: str, home: OfferHome) -> Offer:
    fields = read_fields(file, _KEYS, home.folder, home.problems)
    starts = moment(fields, "starts", home.where)
    ends = moment(fields, "ends", home.where, last_day=True)
    if starts and ends and ends <= starts:
        fields.wrong("ends", "is before starts", "the same day or later")
    position = fields.integer("position", smallest=0, largest=1_000_000, default=100)
    return Offer(
        key=f"{home.brand}-{PurePosixPath(file).stem}",
        benefit=fields.both("benefit", longest=80),
        terms=fields.both("terms", longest=3000),
        pictures=_pictures(fields, file, home),
        cities=_cities(fields, home.reference),
        starts_at=starts,
        ends_at=ends,
        status=fields.word("status", OfferStatus),
        position=100 if position is None else position,
    )


def _pictures(fields: Fields, file: str, home: OfferHome) -> tuple[Picture, ...]:
    names = fields.texts("pictures", longest=200)
    if not fields.has("pictures"):
        fields.missing("pictures", "a list of PNG or JPEG files beside this file")
    if len(names) > _MOST_PICTURES:
        fields.wrong("pictures", f"has {len(names)} pictures", f"at most {_MOST_PICTURES}")
    beside = PurePosixPath(file).parent
    expected = f"the picture that {PurePosixPath(file).name} names"
    found = [
        read_picture(home.folder, f"{beside}/{name}", OFFER_PICTURE, home.problems, expected)
        for name in names
    ]
    return tuple(picture for picture in found if picture)


def _cities(fields: Fields, reference: Reference) -> tuple[str, ...] | None:
    expected = f"{EVERYWHERE}, or a list of cities such as [moscow, kazan]"
    if not fields.has("cities"):
        fields.missing("cities", expected)
        return None
    if fields.is_text("cities"):
        got = fields.optional_text("cities")
        if got != EVERYWHERE:
            fields.wrong("cities", f"is {got!r}", expected)
        return None
    known = reference.cities
    return fields.texts("cities", check=lambda got: "" if got in known else one_city_of(known, got))
