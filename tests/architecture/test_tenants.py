"""One account's rows stay away from another: the rules hold, and each sees what it forbids."""

import pytest

from tests.architecture.tenant_rules import (
    DOORS,
    NOT_KARMAN,
    TENANTS,
    tenant_offences,
    unscoped_queries,
)
from tests.support.source import Source, sources


def told(offences: list[str]) -> str:
    return "\n" + "\n".join(offences)


def test_tenants_reach_rows_through_their_scope_alone() -> None:
    found = [line for source in sources() for line in tenant_offences(source)]
    assert not found, told(found)


def test_every_query_says_whose_rows_it_asks_for() -> None:
    """There are no excused files: a statement that concerns everybody says why, where it is."""
    found = [line for source in sources() for line in unscoped_queries(source)]
    assert not found, told(found)


def test_doors_ask_nothing_and_excuse_nothing() -> None:
    at_doors = [source for source in sources() if source.path.startswith(DOORS)]
    said = [s.path for s in at_doors if "# of all:" in s.text and NOT_KARMAN not in s.path]
    assert said == []


def inside(*lines: str) -> str:
    return "\n".join(["async def f(key: int):", *(f"    {line}" for line in lines)])


# Each would show a tenant rows of somebody else.
AT_A_TENANTS_DOOR = [
    inside("return await Card.get(id=key)"),
    inside("return await Card.filter(program_id=key)  # of all: I promise"),
    inside("return await Customer.all()"),
    inside("return await Delivery.filter(message__brand_id=key)"),
    "from models.card import Card as C\nx = C.filter(customer_id=1)",
    "import models.campaign\nx = models.campaign.Campaign.all()",
    "SQL = 'SELECT * FROM deliveries WHERE message_id = $1'",
    "SQL = f'SELECT 1 FROM brands b JOIN {x} ON b.program_id = $1'",
    "from catalog.scope import brands_in_catalog",
    "from catalog import scope",
    "from catalog.shelves.browse import open_offer",
    "from backend.platform.database import rows",
    "from tortoise.expressions import RawSQL",
    "import tortoise",
    inside("return await customer.cards.all()"),
    inside("return await customer.messages.filter(id=key).first()"),
    inside("await customer.fetch_related('cards')"),
    inside("return await scope.customers().prefetch_related('cards')"),
]


@pytest.mark.parametrize("door", TENANTS)
@pytest.mark.parametrize("text", AT_A_TENANTS_DOOR)
def test_a_way_around_the_scope_is_seen(door: str, text: str) -> None:
    found = tenant_offences(Source(f"{door}v1/cards.py", text))
    assert len(found) == 1
    assert found[0].startswith(f"{door}v1/cards.py:")


@pytest.mark.parametrize(
    "text",
    [
        "from catalog.tenant import Scope\nfrom models.card import Card",
        inside("return await scope.cards().filter(id=key).first()"),
        inside("return await scope.cards().select_related('program').order_by('id')"),
        '"""Cards FROM brands, told to partners."""',
        "from catalog.words import fold\nfrom backend.cards.issue.issue_cards import issue_cards",
        inside("return card.customer_id, ids.first, settings.get('x')"),
    ],
)
def test_the_scope_itself_is_no_offence(text: str) -> None:
    assert tenant_offences(Source("backend/web/api/v1/cards/cards.py", text)) == []


ANYBODYS = [
    inside("return await Offer.filter(id=key)"),
    inside("return await Card.get_or_none(id=key)"),
    inside("return await CardShare.get(id=share)"),
    inside("return await Campaign.exclude(state='done')"),
    inside("return await Account.all()"),
    "SQL = 'SELECT p.key FROM programs p'",
    "SQL = f'SELECT 1 FROM brands b JOIN {x} JOIN cards c ON c.brand_id = b.id'",
    "SQL = 'UPDATE deliveries SET state = $1 WHERE id = $2'",
    "SQL = 'DELETE FROM messages WHERE id = $1'",
]


@pytest.mark.parametrize("text", ANYBODYS)
def test_a_query_that_could_find_anybodys_is_seen(text: str) -> None:
    (found,) = unscoped_queries(Source("backend/cards/sample.py", text))
    assert found.startswith("backend/cards/sample.py:")
    marked = "\n".join(
        f"{line[: len(line) - len(line.lstrip())]}# of all: the operator counts\n{line}"
        if "await" in line or "SQL" in line
        else line
        for line in text.splitlines()
    )
    assert unscoped_queries(Source("backend/cards/sample.py", marked)) == []
    assert unscoped_queries(Source("bot/handlers/sample.py", marked)), "not at a door"


SOMEBODYS = [
    inside("return await Card.filter(customer_id=customer.id, id=key)"),
    inside("return await Card.filter(id=card.id).update(hidden=True)"),
    inside("return await Card.filter(id__in=[card.id for card in cards])"),
    inside("return await PoolNumber.exists(program_id=claim.program_id)"),
    inside("return await holding_offers(now).filter(id=1)"),
    "SQL = 'SELECT 1 FROM cards WHERE customer_id = $1'",
    "SQL = f'SELECT 1 FROM cards WHERE program_id IN ({marks})'",
    "SQL = 'INSERT INTO cards (id, customer_id) VALUES ($1, $2)'",
    "SQL = 'SELECT 1 FROM brands_seen'",
]


@pytest.mark.parametrize("text", SOMEBODYS)
def test_a_query_that_says_whose_is_fine(text: str) -> None:
    assert unscoped_queries(Source("backend/cards/sample.py", text)) == []


def test_at_a_door_even_that_is_for_a_use_case() -> None:
    for text in SOMEBODYS[:4]:
        assert unscoped_queries(Source("backend/web/pages/sample.py", text))
