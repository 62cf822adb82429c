"""The short links of one message, as it is handed over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from backend.links.token import PATH, link_token
from backend.platform.secrets.vault import Vault

# As many letters as those of a message have after some tens of millions.
_EXAMPLE = "3kT7mQ2vR9bZ4LpWs"


class Shortens(Protocol):
    @property
    def base_url(self) -> str:
        """Of our own pages."""
        ...

    def of(self, address: str) -> str:
        """What stands in its place."""
        ...


@dataclass(frozen=True, slots=True)
class ExampleLinks:
    """As long as they will be, and leading nowhere: for what is only looked at."""

    base_url: str

    def of(self, address: str) -> str:  # noqa: ARG002  the Protocol's
        return f"{self.base_url}{PATH}{_EXAMPLE}"


@dataclass(frozen=True, slots=True)
class Links:
    """`ids`: of the short links, by the address to which each leads. An address without one
    stands as it is."""

    base_url: str
    vault: Vault = field(repr=False)
    ids: Mapping[str, int]
    message_id: int

    def of(self, address: str) -> str:
        link_id = self.ids.get(address)
        if link_id is None:
            return address
        return f"{self.base_url}{PATH}{link_token(self.vault, link_id, self.message_id)}"
