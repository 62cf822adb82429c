"""Looks at one place of a page in many ways, until enough looks agree.

The place is cut out turned upright, as it is and cleaned in several ways; bars of EAN and UPC are
measured against ideal ones, those of symbologies without a check digit drawn anew.
"""

from collections.abc import Sequence

from PIL import Image

from backend.reading.symbols.deadline import Deadline
from backend.reading.symbols.places import moved
from backend.reading.symbols.redrawn import redrawn_looks
from backend.reading.symbols.regions import Region
from backend.reading.symbols.retail import measure, read_bars
from backend.reading.symbols.scan import scan_stripes
from backend.reading.symbols.straighten import Cut, aligned, straighten
from backend.reading.symbols.unblur import unblurred_looks
from backend.reading.symbols.votes import RETAIL, Ballot

CUTS = (
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
QUICK = CUTS[:4]
"""Cuts that every region gets; the others are for what is not settled by then."""
SMALL = CUTS[:8]
"""Cuts of a place that was seen in full size alone."""


def look(
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


def look_closely(page: Image.Image, region: Region, ballot: Ballot, deadline: Deadline) -> None:
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
    look(page, exact, ballot, CUTS[len(QUICK) :], deadline)


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
