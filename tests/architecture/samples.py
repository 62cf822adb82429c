"""Code as the checks are shown it."""

from collections.abc import Callable

from tests.support.source import Source

USE_CASES = (
    "backend/cards/",
    "backend/customers/",
    "backend/campaigns/",
    "backend/cascades/",
    "backend/sending/",
    "backend/brands/",
    "backend/access/",
    "backend/connections/",
    "backend/hooks/",
    "backend/onec/",
    "backend/sales/",
    "backend/ledger/",
    "backend/jobs/",
    "backend/messages/",
    "backend/triggers/",
    "backend/geofences/",
    "backend/restored/",
    "backend/wallets/",
)


def inside(*lines: str) -> str:
    return "\n".join(["async def f(record: ConsentRecord):", *(f"    {line}" for line in lines)])


Rule = Callable[[Source], list[str]]


def assert_seen(rule: Rule, text: str) -> None:
    found = rule(Source("backend/web/sample.py", text))
    assert found
    assert found[0].startswith("backend/web/sample.py:")


def assert_let_pass(rule: Rule, text: str) -> None:
    assert rule(Source("backend/web/sample.py", text)) == []
