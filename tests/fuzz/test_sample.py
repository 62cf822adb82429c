"""A few hundred hostile files of every kind; `make test-long` sends a hundred thousand."""

import secrets

from tests.fuzz.campaign import campaign
from tests.fuzz.sent import EXPORTS, sent

COUNT = 300


async def test_every_file_is_answered_and_none_finds_a_bug() -> None:
    outcome = await campaign(secrets.randbelow(1 << 31), COUNT)
    assert (outcome.bugs, outcome.late) == ([], []), outcome.told()
    assert outcome.cards > COUNT / 4, outcome.told()
    assert outcome.worker_kb < 900 * 1024, outcome.told()


def test_a_file_can_be_sent_again() -> None:
    """But for the salt of an archive with a password."""
    files = [sent(7, number) for number in range(200)]
    again = [sent(7, number) for number in range(200)]
    assert sum(one == other for one, other in zip(files, again, strict=True)) > 190
    assert {file.kind for file in files} >= set(EXPORTS)
