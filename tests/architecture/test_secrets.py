"""People's data stays closed, and each check sees a bad sample."""

import pytest

from tests.architecture.rules import secrets as rules
from tests.architecture.rules.reasons import beyond, told
from tests.architecture.samples import Rule, assert_let_pass, assert_seen, inside
from tests.support.source import sources

OPENED = {
    "backend/pictures/logo.py": "a logo that the operator loaded",
    "bot/sandbox/": "stands in for Telegram, which decodes what is sent",
    "catalog/entries/picture.py": "a picture of a brand that the operator loads",
}


def test_files_of_strangers_are_decoded_in_the_bounded_process() -> None:
    found = [line for source in sources() for line in rules.files_opened_in_the_open(source)]
    wrong = beyond(found, OPENED)
    assert not wrong, told(wrong)


def test_files_are_written_for_their_owner_alone() -> None:
    found = [line for source in sources() for line in rules.readable_files(source)]
    wrong = beyond(found, {"backend/platform/secrets/key_file.py": "fills a private draft"})
    assert not wrong, told(wrong)


def test_personal_values_are_sealed_in_one_place() -> None:
    elsewhere = (s for s in sources() if not s.path.startswith("backend/platform/secrets/"))
    found = [line for source in elsewhere for line in rules.sealed_by_hand(source)]
    assert not found, told(found)


BAD = [
    (rules.sealed_by_hand, inside("return ctx.vault.open_json(key, sealed, 'place')")),
    (rules.readable_files, inside("path.write_bytes(pack)")),
    (rules.files_opened_in_the_open, "from backend.exchange.read import read_export"),
    (rules.files_opened_in_the_open, inside("return Image.open(BytesIO(data))")),
]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_each_check_sees_a_bad_sample(rule: Rule, text: str) -> None:
    assert_seen(rule, text)


GOOD = [
    (rules.files_opened_in_the_open, "from backend.reading.reader import Reader"),
]


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_each_check_lets_a_good_sample_pass(rule: Rule, text: str) -> None:
    assert_let_pass(rule, text)
