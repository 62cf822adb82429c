"""The tree in plain words: every field, in both languages."""

import pytest

from backend.platform.words import LANGUAGES
from backend.segments.sentence import sentence
from tests.segments.test_where import SAMPLES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_its_words(language: str) -> None:
    said = [sentence(tree, language) for tree in SAMPLES]
    assert len(set(said)) == len(SAMPLES), "two conditions read alike"
    for each in said:
        assert each.endswith(".")
        assert "{" not in each.replace("{0}", ""), each


def test_groups_are_read_as_they_are_meant() -> None:
    birthday = {"field": "birthday", "from_days": -1, "to_days": 7}
    balance = {"field": "balance", "from": "100", "to": "500"}
    tree = {
        "all": [
            {"field": "city", "in": ["kazan", "ufa", "nowhere"]},
            {"any": [balance, {"field": "tier", "in": ["gold"]}]},
            {"not": {"any": [{"field": "card", "is": "had"}, birthday]}},
        ]
    }
    assert sentence(tree, "ru") == (
        "Те, у кого город — Казань, Уфа или nowhere, и (баланс от 100 до 500 или уровень — "
        "«gold»), и не так: (карта была, но её убрали или день рождения 1 день назад — через "
        "7 дней)."
    )
    assert sentence(tree, "en") == (
        "Those with the city Kazan, Ufa or nowhere, and (a balance from 100 to 500 or the tier "
        "“gold”), and not so: (a card that was taken out or a birthday from yesterday to in 7 "
        "days)."
    )
    assert sentence(None, "ru") == "Все."
