"""Reads every barcode of a page, step by step, the likeliest first.

1. The page as it is: squares, and bars that stand straight.
2. Each striped region by itself, turned upright and flattened, in several ways, until enough
   looks agree; the bars of EAN and UPC are measured against ideal ones.
3. Only if nothing was found: the whole page evened out, in tiles of full size, turned, enlarged.
   Where that shows bars, the place is cut out and looked at like a region.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PIL import Image

from backend.reading.symbols.deadline import Deadline
from backend.reading.symbols.places import (
    centre,
    larger,
    moved,
    outline,
    region_of,
    thin,
    within,
)
from backend.reading.symbols.redrawn import redrawn_looks
from backend.reading.symbols.regions import Region, striped_regions
from backend.reading.symbols.retail import measure, read_bars
from backend.reading.symbols.scan import Sighting, scan, scan_stripes
from backend.reading.symbols.straighten import Cut, aligned, straighten
from backend.reading.symbols.unblur import unblurred_looks
from backend.reading.symbols.votes import CORRECTED, RETAIL, SQUARES, WEAK, Ballot, Verdict, plain
from backend.reading.symbols.whole import full_size, looks, reduced
from models.barcode_format import BarcodeFormat

_CUTS = (
    Cut(1.0, 200),
    Cut(1.0, 60),
    Cut(1.6, 40, sharpen=2),
    Cut(1.6, 40, (0.2, 0.8)),
    Cut(1.6, 30, (0.15, 0.85), sharpen=2),
    Cut(1.6, 30, (0.15, 0.85), even=True),
    Cut(1.3, 250, sharpen=1.5),
    Cut(2.5, 12, (0.15, 0.85), sharpen=4, percent=300),
    Cut(2.5, 12, (0.2, 0.8), even=True, sharpen=6, percent=300),
    Cut(2.5, 12, (0.2, 0.5), sharpen=4, percent=300),
    Cut(2.5, 12, (0.5, 0.8), sharpen=4, percent=300),
    Cut(1.6, 12, (0.15, 0.85), sharpen=4, percent=600),
    Cut(1.6, 12, (0.3, 0.7), even=True, sharpen=4, percent=600),
    Cut(3.5, 12, (0.2, 0.8), sharpen=6, percent=300),
    Cut(2.5, 12, (0.3, 0.7), even=True, sharpen=6, percent=600),
    Cut(1.6, 12, (0.2, 0.5), even=True, sharpen=3, percent=300),
    Cut(1.6, 12, (0.5, 0.8), even=True, sharpen=3, percent=300),
    Cut(1.6, 12, (0.15, 0.85), sharpen=2, percent=300),
    Cut(1.6, 12, (0.3, 0.7), sharpen=3, percent=600),
    Cut(1.3, 250, (-0.05, 1.05), even=True, sharpen=1),
)
_REDRAWN = Cut(3.0, 60, (0.1, 0.9))
_UNBLURRED = Cut(2.0, 24, (0.1, 0.9))
_QUICK = 4
"""Cuts that every region gets; the others are for what is not settled by then."""
_SMALL = 8
"""Cuts of a place that was seen in full size alone."""
_OTHER_PIXELS = (0.8, 1.25)
"""Sizes in which a PDF417 is looked at again."""
_MEASURED = 3
"""Regions in which numbers are sought by the widths of the bars alone."""


def read_page(page: Image.Image, deadline: Deadline) -> list[Verdict]:
    """Every barcode of a grey page, corners in its pixels; each text once."""
    whole = reduced(page)
    onward = larger(page.width / whole.width)
    first = [moved(seen, onward) for seen in scan(whole)]
    found = [
        _looked_at_again(whole, _as_it_stands(seen)) for seen in first if seen.format in CORRECTED
    ]
    found += _read_regions(page, first, found, deadline)
    if not any(verdict.agreed for verdict in found):
        found += _read_whole(page, whole, first, deadline)
    return _without_ghosts(found)


def _as_it_stands(seen: Sighting) -> Verdict:
    """A square is sure at once; of a PDF417 one look is not: with a row misread, it corrects itself
    into another text."""
    one_look = seen.format is BarcodeFormat.PDF417
    sure = plain((seen.format, seen.text)) and not one_look
    return Verdict(seen.format, seen.text, sure, seen.corners, agreed=not one_look)


def _looked_at_again(page: Image.Image, verdict: Verdict) -> Verdict:
    """A PDF417 that other pixels of the same page say, too, is sure."""
    if verdict.format is not BarcodeFormat.PDF417:
        return verdict
    for scale in _OTHER_PIXELS:
        size = round(page.width * scale), round(page.height * scale)
        again = scan(page.resize(size, Image.Resampling.BICUBIC))
        if any((seen.format, seen.text) == (verdict.format, verdict.text) for seen in again):
            sure = plain((verdict.format, verdict.text))
            return replace(verdict, confident=sure, agreed=True)
    return verdict


def _read_regions(
    page: Image.Image, first: list[Sighting], squares: list[Verdict], deadline: Deadline
) -> list[Verdict]:
    bars = [seen for seen in first if seen.format not in CORRECTED]
    places = [
        (region, _first_ballot(seen))
        for region, seen in _places(striped_regions(page), bars)
        # A square's modules are stripes as well, but bars that were read are no square's.
        if seen or not any(within((region.x, region.y), square.corners) for square in squares)
    ]
    for region, ballot in places:
        _look(page, region, ballot, _CUTS[:_QUICK], deadline)
    nothing = not squares and not any(ballot.verdict() for _, ballot in places)
    small = _read_small(page, deadline) if nothing else []
    if any(verdict.agreed for verdict in small):
        return small
    for rank, (region, ballot) in enumerate(places):
        if (nothing and rank < _MEASURED) or not ballot.empty():
            _look_closely(page, region, ballot, deadline)
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


def _look(
    page: Image.Image, region: Region, ballot: Ballot, cuts: Sequence[Cut], deadline: Deadline
) -> None:
    """Looks at a region in the given ways until the ballot is settled."""
    for cut in cuts:
        if ballot.settled() or deadline.passed():
            return
        strip = straighten(page, region, cut)
        sightings = scan_stripes(strip.image)
        ballot.add_look(moved(seen, strip.on_page) for seen in sightings)
        for seen in sightings:
            if seen.format in RETAIL and ballot.measurable():
                told, width = measure(strip.image, seen)
                ballot.add_width(moved(told, strip.on_page), width)


def _look_closely(page: Image.Image, region: Region, ballot: Ballot, deadline: Deadline) -> None:
    """The region aligned exactly: by the widths of its bars, then in all the other cuts."""
    if ballot.settled() or deadline.passed():
        return
    exact = aligned(page, region, deadline)
    if ballot.empty() or ballot.untold():
        for seen, width in read_bars(page, exact):
            ballot.add_look([seen])
            ballot.add_width(seen, width)
    _look_redrawn(page, exact, ballot, deadline)
    _look_unblurred(page, exact, ballot, deadline)
    _look(page, exact, ballot, _CUTS[_QUICK:], deadline)


def _look_redrawn(page: Image.Image, region: Region, ballot: Ballot, deadline: Deadline) -> None:
    """A look that sees nothing is none: it asks for symbologies without a check digit alone."""
    if ballot.settled() or deadline.passed():
        return
    strip = straighten(page, region, _REDRAWN)
    for sightings in redrawn_looks(strip.image, strip.zoom):
        if sightings:
            ballot.add_look(moved(seen, strip.on_page) for seen in sightings)


def _look_unblurred(page: Image.Image, region: Region, ballot: Ballot, deadline: Deadline) -> None:
    if ballot.settled() or deadline.passed():
        return
    strip = straighten(page, region, _UNBLURRED)
    for sightings in unblurred_looks(strip.image, strip.zoom):
        ballot.add_look(moved(seen, strip.on_page) for seen in sightings)
        if ballot.settled() or deadline.passed():
            return


def _read_small(page: Image.Image, deadline: Deadline) -> list[Verdict]:
    """What only the full size of a large page shows: squares, and bars that are then cut out."""
    found: list[Verdict] = []
    ballots: list[tuple[Region, Ballot]] = []
    for seen in (seen for sightings in full_size(page, deadline) for seen in sightings):
        if seen.format in CORRECTED:
            found.append(_as_it_stands(seen))
        elif not any(within(centre(seen.corners), outline(region)) for region, _ in ballots):
            ballots.append((region_of(seen), _first_ballot([seen])))
    for region, ballot in ballots:
        _look(page, region, ballot, _CUTS[:_SMALL], deadline)
    return found + [verdict for _, ballot in ballots if (verdict := ballot.verdict()) is not None]


def _read_whole(
    page: Image.Image, whole: Image.Image, first: list[Sighting], deadline: Deadline
) -> list[Verdict]:
    """Looks at all of the page until something is agreed on, and closely where bars are seen."""
    ballot = Ballot()
    ballot.add_look(first)
    for sightings in looks(page, whole, deadline):
        ballot.add_look(sightings)
        for seen in sightings:
            if seen.format not in CORRECTED:
                _look(page, region_of(seen), ballot, _CUTS[:_QUICK], deadline)
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
