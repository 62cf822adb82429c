"""What must still hold in the moment of the claim, as SQL that both databases accept.

The statement that takes the number asks for all of it, so nothing can change in between. It
does not tell what failed: backend/cards/issue/still_possible.py looks afterwards.
"""

from typing import Any

from backend.cards.issue.claim import Claim
from backend.consents.documents import SUPERSEDED
from backend.restored.unsettled import NOT_PAUSED
from catalog.scope import CAN_BE_HAD

_HAS_CONTACTS = """
(SELECT count(*) FROM contacts WHERE customer_id = $2 AND kind {contacts}
    AND (kind <> 'phone' OR verified_at IS NOT NULL)) = $7
"""
_POSSIBLE = " AND ".join(
    (
        CAN_BE_HAD.format(offer="$3", now="$4"),
        "NOT " + SUPERSEDED.format(documents="{documents}", now="$4"),
        _HAS_CONTACTS,
        NOT_PAUSED,
    )
)
POSSIBLE_ON_POSTGRES = _POSSIBLE.format(
    documents="= ANY($5::bigint[])", contacts="= ANY($6::text[])"
)
POSSIBLE_ON_SQLITE = _POSSIBLE.format(
    documents="IN (SELECT value FROM json_each($5))",
    contacts="IN (SELECT value FROM json_each($6))",
)


def condition_values(claim: Claim) -> list[Any]:
    """$1 to $7 of every statement that claims a number."""
    return [
        claim.program_id,
        claim.customer_id,
        claim.offer_id,
        claim.at,
        claim.documents,
        claim.contacts,
        len(claim.contacts),
    ]
