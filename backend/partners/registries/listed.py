"""Cards of a partner's list, found by whose they are."""

from typing import Any

import orjson

from backend.partners.member import CardNumber, CardState, Member, TheirCard
from backend.platform.secrets.vault import Vault
from models.issued_plastic import IssuedPlastic
from models.program import Program
from models.refusal import Code, Refusal

# The key under which numbers of lists are sealed.
SERVICE = "plastic"
_MOST = 20


async def listed_card(vault: Vault, program: Program, member: Member) -> TheirCard | None:
    """By contacts that are confirmed. Of several cards the one that the newest list names, and an
    active one before others. Refuses with number_bound when that leaves two: the partner must say
    which."""
    found = {row.id: row for row in await _rows(vault, program, member)}
    if not found:
        return None
    best = max(_rank(row) for row in found.values())
    (chosen, *others) = [row for row in found.values() if _rank(row) == best]
    if others:
        raise Refusal(Code.NUMBER_BOUND)
    if chosen.state == "blocked":
        raise Refusal(Code.CARD_BLOCKED)
    printed, barcode = orjson.loads(vault.open_service(SERVICE, chosen.sealed or b""))
    return TheirCard(CardNumber(printed, barcode), CardState(chosen.state.value))


def _rank(row: IssuedPlastic) -> tuple[bool, Any]:
    return row.state == "active", row.loaded_at


async def _rows(vault: Vault, program: Program, member: Member) -> list[IssuedPlastic]:
    listed = IssuedPlastic.filter(program_id=program.id, sealed__isnull=False)
    found: list[IssuedPlastic] = []
    if member.phone and member.phone_verified:
        index = vault.blind_index("phone", member.phone)
        found += await listed.filter(phone_index=index).limit(_MOST)
    if member.email and member.email_verified:
        index = vault.blind_index("email", member.email)
        found += await listed.filter(email_index=index).limit(_MOST)
    return found
