"""Several looks at one symbol vote on what it says.

A torn ITF reads as a shorter, valid-looking number, blurred bars pass for a second Code 128,
ink that spread turns an EAN into another, and a check digit lets one in ten torn numbers
through. So a linear symbol has to be read alike from different pixels, the bars of EAN and UPC
have to be as wide as the number asks for, the longest reading wins among symbologies without a
check digit, and everything that lies on a symbol already read is a ghost of it.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from backend.reading.symbols.places import thin
from backend.reading.symbols.scan import Corners, Sighting
from models.barcode_format import BarcodeFormat

SQUARES = frozenset({BarcodeFormat.QR, BarcodeFormat.AZTEC, BarcodeFormat.DATAMATRIX})
"""Error correction makes a wrong reading next to impossible: one look is enough."""
CORRECTED = SQUARES | {BarcodeFormat.PDF417}
"""Foreign bars can pass for a small PDF417 with little correction, if they are turned about."""
RETAIL = frozenset({BarcodeFormat.EAN13, BarcodeFormat.EAN8, BarcodeFormat.UPCA})
"""Their bars are compared with ideal ones before a number is called sure."""
WEAK = frozenset({BarcodeFormat.ITF, BarcodeFormat.CODABAR, BarcodeFormat.CODE39})
"""No check digit: always to be confirmed by the person."""

ENOUGH = 2
"""Looks that have to agree on a linear symbol."""
WEAK_LOOKS = 4
"""Looks that a weak symbology is given, so that the whole outvotes its parts."""
_MEASURES = 5
"""Attempts at comparing the widths of bars at one place: bent bars never fit."""
_SHARE = 0.25
"""Of the looks at a place that have to agree."""
_SHORTEST = 4
"""Characters of a Code 128 that is believed after a single look."""
_LINES = frozenset("\r\n\t")

Key = tuple[BarcodeFormat, str]


class Width(IntEnum):
    """What the widths of the bars say about a number of EAN or UPC."""

    UNKNOWN = 0
    LIKELY = 1  # the likeliest, but others are near
    TOLD = 2  # no other number comes near


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a place on the page says."""

    format: BarcodeFormat
    text: str
    confident: bool
    corners: Corners
    agreed: bool = True
    """False where one look alone saw it."""


@dataclass(slots=True)
class Ballot:
    """The votes on one place. A look votes once for each text that it saw."""

    looks: int = 0
    _votes: Counter[Key] = field(default_factory=Counter)
    _seen: dict[Key, Sighting] = field(default_factory=dict)
    _widths: dict[Key, Width] = field(default_factory=dict)
    _measures: int = 0

    def add_look(self, sightings: Iterable[Sighting]) -> None:
        self.looks += 1
        for key, sighting in {(seen.format, seen.text): seen for seen in sightings}.items():
            self._votes[key] += 1
            self._seen.setdefault(key, sighting)

    def add_width(self, seen: Sighting, width: Width) -> None:
        """What the bars of a sighting say; the sighting itself is no vote."""
        key = seen.format, seen.text
        self._seen.setdefault(key, seen)
        self._measures += 1
        self._widths[key] = max(width, self._widths.get(key, Width.UNKNOWN))

    def settled(self) -> bool:
        """Whether more looks would not change the verdict."""
        verdict = self.verdict()
        if verdict is None:
            return False
        if verdict.format in RETAIL and verdict.agreed and self._measures >= _MEASURES:
            return True
        return verdict.confident or (verdict.format in WEAK and self.looks >= WEAK_LOOKS)

    def empty(self) -> bool:
        return not self._votes

    def untold(self) -> bool:
        """Whether EAN or UPC was seen and the widths of the bars do not tell it from others."""
        told = Width.TOLD in self._widths.values()
        return not told and any(key[0] in RETAIL for key in self._votes)

    def measurable(self) -> bool:
        return self.untold() and self._measures < _MEASURES

    def verdict(self) -> Verdict | None:
        """None as long as nothing was read often enough, or two readings contradict."""
        opinions = list(self._opinions())
        sure = [verdict for verdict in opinions if verdict.confident]
        return next(iter(sure or opinions), None)

    def _opinions(self) -> Iterator[Verdict]:
        """What could be said, the best first."""
        for kinds in (SQUARES, {BarcodeFormat.PDF417}):
            yield from self._corrected(frozenset(kinds))
        checked = Counter(
            {key: votes for key, votes in self._votes.items() if key[0] not in WEAK | CORRECTED}
        )
        yield from self._agreed(checked)
        yield from self._longest()
        yield from self._single(checked)

    def _corrected(self, kinds: frozenset[BarcodeFormat]) -> Iterator[Verdict]:
        held = {key: votes for key, votes in self._votes.items() if key[0] in kinds}
        if not held:
            return
        best = max(held, key=lambda key: (held[key], len(key[1])))
        votes, rivals = held[best], sum(held.values()) - held[best]
        if best[0] in SQUARES:
            yield self._verdict(best, plain(best))
        elif votes >= ENOUGH and votes > rivals:
            yield self._verdict(best, plain(best) and votes >= 2 * rivals)

    def _agreed(self, checked: Counter[Key]) -> Iterator[Verdict]:
        """Of those with a check digit: what several looks, or a look and the widths, agree on."""
        if not checked:
            return
        best = max(checked, key=lambda key: (self._width(key), checked[key], len(key[1])))
        votes, rivals = checked[best], checked.total() - checked[best]
        told = self._width(best) is Width.TOLD
        clear = votes >= 2 * rivals and votes >= _SHARE * self.looks
        if told or (votes >= ENOUGH and votes > rivals):
            measured = told if best[0] in RETAIL else votes >= ENOUGH
            yield self._verdict(best, clear and measured and votes >= ENOUGH and plain(best))

    def _longest(self) -> Iterator[Verdict]:
        held = {key: votes for key, votes in self._votes.items() if key[0] in WEAK}
        agreed = [key for key, votes in held.items() if votes >= ENOUGH]
        if agreed:
            best = max(agreed, key=lambda key: (len(key[1]), held[key]))
            yield self._verdict(best, confident=False)

    def _single(self, checked: Counter[Key]) -> Iterator[Verdict]:
        """A number that one look alone saw and nothing contradicts."""
        if len(checked) != 1:
            return
        (key,) = checked
        if key[0] in RETAIL:
            fits = self._width(key) >= Width.LIKELY
        else:
            fits = len(key[1]) >= _SHORTEST and plain(key) and not thin(self._seen[key])
        if fits:
            yield self._verdict(key, confident=False, agreed=False)

    def _width(self, key: Key) -> Width:
        return self._widths.get(key, Width.UNKNOWN)

    def _verdict(self, key: Key, confident: bool, *, agreed: bool = True) -> Verdict:
        return Verdict(*key, confident, self._seen[key].corners, agreed)


def plain(key: Key) -> bool:
    """Whether the text can stand on a card: line breaks in a square, no control characters."""
    kind, text = key
    allowed = _LINES if kind in SQUARES else frozenset()
    return all(unicodedata.category(sign) != "Cc" or sign in allowed for sign in text)
