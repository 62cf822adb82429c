"""Every vendor by the name that a connection gives it, read when a process first needs it."""

import importlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from backend.partners.common_settings import CommonSettings
from backend.partners.finding import Finding
from backend.partners.processor import Processor
from backend.partners.way import Way

# Name → the folder beside this file. To add a vendor: CONTRIBUTING, "A partner".
FOLDERS: Mapping[str, str] = {
    "loyalty_online": "loyalty_online",
    "mindbox": "mindbox",
    "registries": "registries",
    "retailcrm": "retailcrm",
    "onec": "onec",
    "bitrix": "bitrix",
}
# Whose systems own no cards: no program is connected to them.
CARDLESS = ("onec", "bitrix")


@dataclass(frozen=True, slots=True)
class Vendor:
    """`settings` and `secrets` check what is configured; `open` makes the processor, None where
    a vendor owns no numbers; `check` tries the connection for real."""

    name: str
    settings: type[CommonSettings]
    secrets: type[BaseModel]
    check: Callable[[Any, Any, Way], AsyncIterator[Finding]]
    open: Callable[[Any, Any, Way], Processor] | None = None


def vendor(name: str) -> Vendor:
    """Raises KeyError for a name that nobody has."""
    folder = f"backend.partners.{FOLDERS[name]}"
    settings = importlib.import_module(f"{folder}.settings")
    check = importlib.import_module(f"{folder}.check")
    opening = importlib.import_module(f"{folder}.processor")
    return Vendor(
        name,
        settings.Settings,
        settings.Secrets,
        check.check,
        getattr(opening, "open_processor", None),
    )
