"""The link under a promotional letter: it turns advertising off without Telegram.

`/c/<customer>-<brand>-<signature>`. It never expires: a letter may be opened after years, and
saying no must work then too. It can do nothing but say no.
"""

import re
from dataclasses import dataclass

from backend.platform.secrets.vault import Vault

_TOKEN = re.compile(r"(\d{1,18})-(\d{1,18})-([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class LeaveLink:
    customer_id: int
    brand_id: int


def leave_path(vault: Vault, leave: LeaveLink) -> str:
    """A path on our own pages, for List-Unsubscribe and for the foot of the letter."""
    signature = vault.sign(_signed(leave))
    return f"/c/{leave.customer_id}-{leave.brand_id}-{signature}"


def read_leave(vault: Vault, token: str) -> LeaveLink | None:
    """None for what we have not signed; compared in constant time."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    leave = LeaveLink(int(found[1]), int(found[2]))
    return leave if vault.signed(_signed(leave), found[3]) else None


def _signed(leave: LeaveLink) -> str:
    return f"leave:{leave.customer_id}:{leave.brand_id}"
