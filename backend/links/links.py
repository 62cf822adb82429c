"""The short links of one message, as it is handed over."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.links.token import PATH, link_token
from backend.platform.secrets.vault import Vault


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
