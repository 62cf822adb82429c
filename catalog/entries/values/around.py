"""What an entry is checked against, beside itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationInfo

from catalog.bilingual import Bilingual
from catalog.wordings.variables import Declared
from models.barcode_format import BarcodeFormat

NOBODY = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class Around:
    """Given as the `context` of a validation. `zone` is the account's, in which its days are
    meant; `operator` its legal names, which a document must contain, "" when they are not known;
    `barcode_format` is the program's, None when it is not known. Of what is said: `variables` are
    those that a text may have beside those of everybody, `label_room` what the label of advertising
    takes."""

    zone: ZoneInfo
    operator: Bilingual = NOBODY
    barcode_format: BarcodeFormat | None = None
    variables: Mapping[str, Declared] = field(default_factory=dict)
    label_room: int = 0


def around(info: ValidationInfo[Any]) -> Around:
    """Raises TypeError when a caller forgot it: no rule is passed over in silence."""
    if not isinstance(info.context, Around):
        raise TypeError("expected context=Around(…), against which the entry is checked")
    return info.context
