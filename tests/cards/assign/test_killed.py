"""kill -9 while a card is assigned or claimed: in the middle, with number, row and event written
and not committed, and right after the commit. Nothing is there by halves."""

import signal

import pytest

from tests.support.machine.processes import start_python

NOTHING, WAITING = "[] [] 0 [0, 0, 0]", "['waiting'] ['reserved'] 0 [1, 0, 0]"
CLAIMED = "['claimed'] ['issued'] 1 [1, 1, 1]"


@pytest.mark.slow
@pytest.mark.sample("postgres")
@pytest.mark.parametrize(
    ("what", "step", "there"),
    [
        ("assign", "before", NOTHING),
        ("assign", "after", WAITING),
        ("claim", "before", WAITING),
        ("claim", "after", CLAIMED),
    ],
)
async def test_all_or_nothing(database_url: str, what: str, step: str, there: str) -> None:
    killed = await start_python("tests.cards.assign.process_killed", database_url, what, step)
    _, err = await killed.communicate()
    assert killed.returncode == -signal.SIGKILL, err.decode()
    left = await start_python("tests.cards.assign.process_killed", database_url, what, "count")
    out, err = await left.communicate()
    assert out.decode().strip() == there, err.decode()
