"""Where an assignment is to be seen: the page of its link, its QR, the block in mass mail."""

from dataclasses import dataclass

from backend.cards.assign.token import Purpose, token_of
from backend.platform.secrets.vault import Vault
from models.assignment import Assignment, AssignmentState

PAGE = "/k"
_LEADS_SOMEWHERE = {AssignmentState.WAITING, AssignmentState.CLAIMED}


@dataclass(frozen=True, slots=True)
class Addresses:
    link: str
    qr_png: str
    qr_svg: str
    block: str


def link_of(vault: Vault, base_url: str, nonce: str) -> str:
    return f"{base_url}{PAGE}/{token_of(vault, Purpose.CLAIM, nonce)}"


def addresses_of(
    vault: Vault, base_url: str, row: Assignment, state: AssignmentState
) -> Addresses | None:
    """None for what has ended without a card."""
    if state not in _LEADS_SOMEWHERE:
        return None
    link, block = link_of(vault, base_url, row.nonce), token_of(vault, Purpose.BLOCK, row.nonce)
    return Addresses(link, f"{link}.png", f"{link}.svg", f"{base_url}{PAGE}/block/{block}.png")
