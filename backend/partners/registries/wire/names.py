"""How the files are called: `Lestate_clients_20261121.csv.zip`."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

PARTNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_FORM = re.compile(r"[A-Za-z0-9._{}-]{1,120}")


class Kind(StrEnum):
    """What a registry holds."""

    # Cards that the partner has issued, with whose they are.
    CLIENTS = "clients"
    # The same, in files that are called otherwise.
    ISSUED = "issued"
    # Numbers that are free for the wallet.
    RESERVED = "reserved"


def form(text: str) -> str:
    """The same. Raises ValueError unless it names partner and day, and one file."""
    if not _FORM.fullmatch(text) or text.count("{partner}") != 1 or text.count("{date}") != 1:
        raise ValueError("expected a name such as {partner}_clients_{date}.csv.zip")
    if "{" in text.replace("{partner}", "").replace("{date}", "") or text.startswith("."):
        raise ValueError("expected {partner} and {date}, and no other word in braces")
    return text


def named(form_: str, partner: str, day: date) -> str:
    return form_.replace("{partner}", partner).replace("{date}", f"{day:%Y%m%d}")


class Names:
    """Which file is which, of the partners that a connection has."""

    def __init__(self, forms: Mapping[Kind, str], partners: Mapping[str, str]) -> None:
        """`partners`: what we know them by → what their files call them."""
        self._forms = [
            (ours, kind, form_.lower().replace("{partner}", theirs.lower()).split("{date}"))
            for ours, theirs in partners.items()
            for kind, form_ in forms.items()
        ]

    def what(self, name: str) -> tuple[str, Kind] | None:
        """Whose file it is and what it holds; None for a file that is none of these."""
        small = name.lower()
        for ours, kind, (before, after) in self._forms:
            day = small.removeprefix(before).removesuffix(after)
            dated = len(day) == 8 and day.isascii() and day.isdigit()
            if dated and small == f"{before}{day}{after}":
                return ours, kind
        return None
