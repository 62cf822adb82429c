"""Several looks at one symbol vote on what it says.

A torn ITF reads as a shorter, valid-looking number, blurred bars pass for a second Code 128,
and a check digit lets one in ten torn numbers through. So a linear symbol has to be read alike
from different pixels, the longest such reading wins among symbologies without a check digit,
and everything that lies on a symbol already read is a ghost of it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from backend.passes.reading.scan import Point, Sighting
from models.barcode_format import BarcodeFormat

CORRECTED = frozenset(
    {BarcodeFormat.QR, BarcodeFormat.AZTEC, BarcodeFormat.DATAMATRIX, BarcodeFormat.PDF417}
)
"""Error correction makes a wrong reading next to impossible: one look is enough."""
WEAK = frozenset({BarcodeFormat.ITF, BarcodeFormat.CODABAR, BarcodeFormat.CODE39})
"""No check digit: always to be confirmed by the person."""

ENOUGH = 2
"""Looks that have to agree on a linear symbol."""
WEAK_LOOKS = 4
"""Looks that a weak symbology is given, so that the whole outvotes its parts."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a place on the page says."""

    format: BarcodeFormat
    text: str
    confident: bool
    corners: tuple[Point, Point, Point, Point]


@dataclass(slots=True)
class Ballot:
    """The votes on one place. A look votes once for each text that it saw."""

    looks: int = 0
    _votes: Counter[tuple[BarcodeFormat, str]] = field(default_factory=Counter)
    _seen: dict[tuple[BarcodeFormat, str], Sighting] = field(default_factory=dict)

    def add_look(self, sightings: Iterable[Sighting]) -> None:
        self.looks += 1
        for key, sighting in {(seen.format, seen.text): seen for seen in sightings}.items():
            self._votes[key] += 1
            self._seen.setdefault(key, sighting)

    def settled(self) -> bool:
        """Whether more looks would not change the verdict."""
        verdict = self.verdict()
        if verdict is None:
            return False
        return verdict.format not in WEAK or self.looks >= WEAK_LOOKS

    def empty(self) -> bool:
        return not self._votes

    def verdict(self) -> Verdict | None:
        """None as long as nothing was read often enough, or two readings contradict."""
        for kinds in (CORRECTED, None, WEAK):
            best = self._best(kinds)
            if best is not None:
                return best
        return None

    def _best(self, kinds: frozenset[BarcodeFormat] | None) -> Verdict | None:
        """Of the error-correcting formats, of those with a check digit (None), of the weak."""
        held = {
            key: votes
            for key, votes in self._votes.items()
            if (key[0] in kinds if kinds else key[0] not in WEAK | CORRECTED)
        }
        enough = 1 if kinds is CORRECTED else ENOUGH
        agreed = [key for key, votes in held.items() if votes >= enough]
        if not agreed:
            return None
        if kinds is WEAK:
            best = max(agreed, key=lambda key: (len(key[1]), held[key]))
        else:
            best = max(agreed, key=lambda key: (held[key], len(key[1])))
            rivals = [votes for key, votes in held.items() if key != best]
            if kinds is None and rivals and held[best] < 2 * max(rivals):
                return None
        return Verdict(*best, kinds is not WEAK, self._seen[best].corners)


def within(point: Point, corners: tuple[Point, Point, Point, Point]) -> bool:
    """Whether the point lies in the convex quadrangle."""
    sides = zip(corners, (*corners[1:], corners[0]), strict=True)
    turns = [
        (x2 - x1) * (point[1] - y1) - (y2 - y1) * (point[0] - x1) for (x1, y1), (x2, y2) in sides
    ]
    return all(turn >= 0 for turn in turns) or all(turn <= 0 for turn in turns)


def centre(corners: tuple[Point, Point, Point, Point]) -> Point:
    return sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4
