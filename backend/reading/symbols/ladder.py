"""Reads every barcode of a page, step by step, the likeliest first.

1. The page as it is: squares, and bars that stand straight. A PDF417 has to be seen twice.
2. Each striped region by itself, turned upright and flattened, in several ways, until enough
   looks agree (`looking`).
3. Only if nothing was found: the whole page evened out, in tiles of full size, turned, enlarged.
   Where that shows bars, the place is cut out and looked at like a region.
"""

from collections.abc import Iterable, Iterator

from PIL import Image

from backend.reading.symbols.deadline import Deadline
from backend.reading.symbols.looking import QUICK, SMALL, look, look_closely
from backend.reading.symbols.places import (
    centre,
    larger,
    moved,
    outline,
    region_of,
    thin,
    within,
)
from backend.reading.symbols.regions import Region, striped_regions
from backend.reading.symbols.scan import Sighting, scan
from backend.reading.symbols.votes import CORRECTED, SQUARES, WEAK, Ballot, Verdict, plain
from backend.reading.symbols.whole import full_size, looks, reduced
from models.barcode_format import BarcodeFormat

_OTHER_PIXELS = (0.8, 1.25)
"""Sizes in which a PDF417 is looked at again."""
_MEASURED = 3
"""Regions in which numbers are sought by the widths of the bars alone."""


def read_page(page: Image.Image, deadline: Deadline) -> list[Verdict]:
    """Every barcode of a grey page, corners in its pixels; each text once."""
    whole = reduced(page)
    onward = larger(page.width / whole.width)
    first = _untorn(scan(whole))
    clear = [seen for seen in first if seen.format in SQUARES or _said_again(whole, seen)]
    unclear = [moved(seen, onward) for seen in first if seen not in clear]
    found = [_as_it_stands(moved(seen, onward)) for seen in clear]
    found += _read_regions(page, unclear, found, deadline)
    if not any(verdict.agreed for verdict in found):
        found += _read_whole(page, whole, unclear, deadline)
    return _without_ghosts(found)


def _untorn(seen: Iterable[Sighting]) -> list[Sighting]:
    """Without the numbers that a few lines across the page alone show, if nothing checks them:
    lines that leave a tilted symbol read a part of it."""
    return [one for one in seen if not (one.format in WEAK and thin(one))]


def _as_it_stands(seen: Sighting) -> Verdict:
    return Verdict(seen.format, seen.text, plain((seen.format, seen.text)), seen.corners)


def _said_again(page: Image.Image, seen: Sighting) -> bool:
    """Whether this is a PDF417 that other pixels of the same page say, too. With a row misread, it
    corrects itself into another text."""
    if seen.format is not BarcodeFormat.PDF417:
        return False
    for scale in _OTHER_PIXELS:
        size = round(page.width * scale), round(page.height * scale)
        again = scan(page.resize(size, Image.Resampling.BICUBIC))
        if any((one.format, one.text) == (seen.format, seen.text) for one in again):
            return True
    return False


def _read_regions(
    page: Image.Image, unclear: list[Sighting], clear: list[Verdict], deadline: Deadline
) -> list[Verdict]:
    places = [
        (region, _first_ballot(seen))
        for region, seen in _places(striped_regions(page), unclear)
        # A square's modules are stripes as well, but bars that were read are no square's.
        if seen or not any(within((region.x, region.y), square.corners) for square in clear)
    ]
    for region, ballot in places:
        look(page, region, ballot, QUICK, deadline)
    nothing = not clear and not any(ballot.verdict() for _, ballot in places)
    small = _read_small(page, deadline) if nothing else []
    if any(verdict.agreed for verdict in small):
        return small
    for rank, (region, ballot) in enumerate(places):
        if (nothing and rank < _MEASURED) or not ballot.empty():
            look_closely(page, region, ballot, deadline)
    return small + [verdict for _, ballot in places if (verdict := ballot.verdict()) is not None]


def _first_ballot(seen: list[Sighting]) -> Ballot:
    ballot = Ballot()
    if seen:
        ballot.add_look(seen)
    return ballot


def _places(regions: list[Region], bars: list[Sighting]) -> Iterator[tuple[Region, list[Sighting]]]:
    """Regions with what the first look saw in them; a symbol outside them is a place too."""
    left = list(bars)
    for region in regions:
        inside = [seen for seen in left if within(centre(seen.corners), outline(region))]
        left = [seen for seen in left if seen not in inside]
        if len({seen.text for seen in inside}) > 1 and _apart(inside):
            left += inside  # two symbols grown together
        else:
            yield region, inside
    for seen in left:
        yield region_of(seen), [seen]


def _apart(sightings: list[Sighting]) -> bool:
    """Whether these are symbols by themselves rather than torn readings of one."""
    return not any(
        thin(one) or one.text in other.text or within(centre(one.corners), other.corners)
        for one in sightings
        for other in sightings
        if one is not other
    )


def _read_small(page: Image.Image, deadline: Deadline) -> list[Verdict]:
    """What only the full size of a large page shows: squares, and bars that are then cut out."""
    found: list[Verdict] = []
    ballots: list[tuple[Region, Ballot]] = []
    for seen in _untorn(seen for sightings in full_size(page, deadline) for seen in sightings):
        if seen.format in SQUARES:
            found.append(_as_it_stands(seen))
        elif not any(within(centre(seen.corners), outline(region)) for region, _ in ballots):
            ballots.append((region_of(seen), _first_ballot([seen])))
    for region, ballot in ballots:
        look(page, region, ballot, SMALL, deadline)
    return found + [verdict for _, ballot in ballots if (verdict := ballot.verdict()) is not None]


def _read_whole(
    page: Image.Image, whole: Image.Image, first: list[Sighting], deadline: Deadline
) -> list[Verdict]:
    """Looks at all of the page until something is agreed on, and closely where bars are seen."""
    ballot = Ballot()
    ballot.add_look(first)
    for sightings in looks(page, whole, deadline):
        untorn = _untorn(sightings)
        ballot.add_look(untorn)
        for seen in untorn:
            if seen.format not in SQUARES:
                look(page, region_of(seen), ballot, QUICK, deadline)
        if ballot.settled():
            break
    verdict = ballot.verdict()
    return [] if verdict is None else [verdict]


def _without_ghosts(found: list[Verdict]) -> list[Verdict]:
    """Each text once, and no bars that lie on a better symbol; squares may hold squares."""
    kept: list[Verdict] = []
    for verdict in sorted(found, key=_rank):
        same = any(_fragment(verdict, one) for one in kept)
        on_other = any(within(centre(verdict.corners), one.corners) for one in kept)
        if not same and (not on_other or verdict.format in SQUARES):
            kept.append(verdict)
    return kept


def _rank(verdict: Verdict) -> tuple[bool, bool, int]:
    return verdict.format not in CORRECTED, not verdict.confident, -len(verdict.text)


def _fragment(verdict: Verdict, whole: Verdict) -> bool:
    """Whether it is the same number, or torn out of it."""
    if verdict.format in WEAK:
        return verdict.text in whole.text
    return verdict.text == whole.text and verdict.format is whole.format
