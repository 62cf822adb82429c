"""What an entry is checked against, beside itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationInfo

from catalog.bilingual import Bilingual
from catalog.wordings.variables import Declared
from models.barcode_format import BarcodeFormat

Size = tuple[int, int]

NOBODY = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class OfCard:
    """What a design finds on its program: the barcode, the keys of its card fields, and the names
    of its tiers, None where another system has them."""

    barcode: BarcodeFormat
    own: frozenset[str] = frozenset()
    tiers: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """Given as the `context` of a validation. `zone` is the account's, in which its days are
    meant; `operator` its legal names, which a document must contain, "" when they are not known;
    `barcode_format` is the program's, None when it is not known. Of what is said: `variables` are
    those that a text may have beside those of everybody, `label_room` what the label of advertising
    takes. Of a design: its program's `card`, the keys of the account's `segments`, and the
    `pictures` that are kept, with their sizes; None where nobody has asked."""

    zone: ZoneInfo
    operator: Bilingual = NOBODY
    barcode_format: BarcodeFormat | None = None
    variables: Mapping[str, Declared] = field(default_factory=dict)
    label_room: int = 0
    card: OfCard | None = None
    segments: frozenset[str] | None = None
    pictures: Mapping[str, Size] | None = None


def around(info: ValidationInfo[Any]) -> Around:
    """Raises TypeError when a caller forgot it: no rule is passed over in silence."""
    if not isinstance(info.context, Around):
        raise TypeError("expected context=Around(…), against which the entry is checked")
    return info.context
