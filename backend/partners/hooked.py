"""Vendors whose systems call us when something has happened there."""

import importlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.partners.said import Found, Said
from backend.partners.vendors import FOLDERS
from backend.partners.way import Way

HOOKED = frozenset({"retailcrm", "bitrix"})


@dataclass(frozen=True, slots=True)
class Hooked:
    """`said`: what a call is about (it raises NotTheirs); `look`: what stands there now."""

    source: str
    said: Callable[[Any, Any, Mapping[str, str]], Sequence[Said]]
    look: Callable[[Any, Any, Way, Said], Awaitable[Found]]


def hooked(vendor: str) -> Hooked:
    """Raises KeyError for a vendor that calls nobody."""
    if vendor not in HOOKED:
        raise KeyError(vendor)
    module = importlib.import_module(f"backend.partners.{FOLDERS[vendor]}.hooks")
    return Hooked(module.SOURCE, module.said, module.look)
