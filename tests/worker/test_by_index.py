"""What a schedule finds it finds by an index of what is due: of a million people nobody is walked
past. How long each takes is measured by the bench `growth`."""

from datetime import timedelta
from typing import Any

import pytest

from backend.cards.pocket.reminders import announce_expiry, announce_joined
from backend.customers.person import traits_due
from backend.ledger import expire, release, settle_tier
from backend.messages import send_messages
from tests.support.clock import START
from tests.support.database.plans import plan

NOW, LATER = str(START), str(START + timedelta(days=17))
DUE: dict[str, tuple[str, list[Any]]] = {
    "idx_wallet_entr_expires_18793c": (announce_expiry._NEAR, [NOW, 0, LATER, 5]),
    "wallet_entries_to_compare": (announce_joined._WAITING, [4, 5]),
    "traits_look_at": (traits_due._PASSED, [str(START.date()), 5]),
    "point_lots_ending": (expire._OVER, [NOW, 5]),
    "point_holds_open": (release._OVER, [NOW, 5]),
    "idx_card_points_tier_at_cb2432": (settle_tier._DUE, [NOW, 5]),
    "partner_messages_enqueued": (send_messages._NIGHT, [NOW, "quiet hours"]),
}


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("index", DUE)
async def test_it_begins_with_what_is_due(database: str, index: str) -> None:
    """PostgreSQL knows how many there are of each."""
    statement, values = DUE[index]
    found = await plan(statement, values)
    assert index in found, found
