"""`karman ledger` as the operator types it."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from backend.cli.explain import CannotRun
from backend.cli.main import build_parser
from backend.cli.verbs.brands.ledger import asked
from backend.platform.database import rows
from models.audit_entry import AuditEntry, Verb
from models.card import Card
from tests.ledger.conftest import GiveCard
from tests.support.machine.processes import start_karman

pytestmark = pytest.mark.slow
Typed = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def karman(database: str, tmp_path: Path) -> Typed:
    environment = {n: v for n, v in os.environ.items() if not n.startswith("KARMAN_")} | {
        "KARMAN_DATABASE_URL": database,
        "KARMAN_DATA_DIR": str(tmp_path / "data"),
        "KARMAN_LOG_LEVEL": "error",
    }

    async def typed(*words: str) -> tuple[int, str]:
        process = await start_karman("ledger", *words, environment=environment)
        out, err = await process.communicate()
        return process.returncode or 0, (out.decode() + err.decode()).strip()

    return typed


@pytest.mark.sample("sqlite")
async def test_points_are_given_corrected_shown_and_checked(
    karman: Typed, give_card: GiveCard
) -> None:
    card = await Card.get(id=(await give_card()).id)
    anna = ("romashka-club", card.printed_number)
    given = ("accrue", *anna, "150.50", "--reason", "Sorry for the queue", "--key", "sorry-1")
    code, told = await karman(*given)
    assert (code, told.endswith("150.50 points on the card")) == (0, True), told
    code, again = await karman(*given)
    assert (code, again) == (0, f"done before; {told}")
    await karman("correct", *anna, "-50", "--reason", "Given twice", "--key", "fix-1")
    code, told = await karman("history", *anna)
    assert [line.split()[3:5] for line in told.splitlines()] == [
        ["correct", "-50"],
        ["accrue", "+150.50"],
    ]
    assert told.splitlines()[0].endswith("Given twice")
    verbs = [entry.verb for entry in await AuditEntry.filter(subject_id=card.id).order_by("id")]
    assert verbs == [Verb.ACCRUE_POINTS, Verb.CORRECT_POINTS]
    assert await karman("verify") == (0, "1 cards: every sum holds")
    await rows("UPDATE cards SET balance = 1000000")
    code, told = await karman("verify")
    assert code == 1
    assert f"card {card.id} of romashka-club: the card shows 100000000" in told


async def test_a_card_that_is_not_there_is_told_in_one_line(karman: Typed) -> None:
    code, told = await karman("history", "romashka-club", "12")
    assert (code, told) == (1, "karman: no card 12 of romashka-club whose points the ledger keeps")


@pytest.mark.parametrize(
    ("amount", "reason", "key", "expected"),
    [
        ("-5", "r", "k", "expected 150 or 150.50"),
        ("1e3", "r", "k", "expected 150 or 150.50"),
        ("0", "r", "k", "expected 150 or 150.50"),
        ("99999999", "r", "k", "expected 150 or 150.50"),
        ("5", " ", "k", "--reason: expected"),
        ("5", "r", "~x", "--key: expected"),
    ],
)
def test_what_is_typed_wrongly_says_what_was_expected(
    amount: str, reason: str, key: str, expected: str
) -> None:
    words = ["accrue", "club", "12", amount, "--reason", reason, "--key", key]
    with pytest.raises(CannotRun, match=expected):
        asked(build_parser().parse_args(["ledger", *words]), smallest=1)
