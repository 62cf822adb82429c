"""Actor, door, language and day are the person's, and each check sees a bad sample."""

import pytest

from tests.architecture.rules import people as rules
from tests.architecture.rules.reasons import told
from tests.architecture.samples import USE_CASES, Rule, assert_let_pass, assert_seen, inside
from tests.support.source import files, sources


def test_a_day_on_a_screen_is_somebodys() -> None:
    shown = ("bot/screens/", "bot/handlers/", "backend/web/pages/", "backend/consents/receipt")
    found = [
        line
        for source in sources()
        if source.path.startswith(shown)
        for line in rules.days_without_a_zone(source)
    ]
    assert not found, told(found)
    templates = [path for path in files() if path.suffix == ".html"]
    assert len(templates) > 5
    raw = [str(path) for path in templates if "strftime" in path.read_text(encoding="utf-8")]
    assert not raw, "a template gets its days ready: " + told(raw)


def test_no_use_case_names_a_door() -> None:
    doors = ("bot/", "backend/web/", "backend/worker/", "backend/cli/", "backend/platform/")
    found = [
        line
        for source in sources()
        if not source.path.startswith(doors)
        for line in rules.named_doors(source)
    ]
    assert not found, told(found)


def test_use_cases_say_who_acted_when_they_log() -> None:
    found = [
        line
        for source in sources()
        if source.path.startswith(USE_CASES)
        for line in rules.logs_without_an_actor(source)
    ]
    assert not found, told(found)


def test_one_place_chooses_the_language() -> None:
    elsewhere = (source for source in sources() if source.path != "backend/platform/words.py")
    found = [line for source in elsewhere for line in rules.languages_chosen_by_hand(source)]
    assert not found, told(found)


BAD = [
    (rules.languages_chosen_by_hand, inside("return b.name_ru if l == 'ru' else b.name_en")),
    (rules.logs_without_an_actor, "from backend.platform.watch.log import get_log"),
    (rules.named_doors, 'HOW = "bot:consent_screen"'),
    (rules.named_doors, inside("return Answer(how='api:v1/cards')")),
    (rules.named_doors, "from backend.platform.door import CLI"),
    (rules.days_without_a_zone, "text = offer.ends_at.strftime('%d.%m.%Y')"),
    (rules.days_without_a_zone, "day = message.created_at.date()"),
]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_each_check_sees_a_bad_sample(rule: Rule, text: str) -> None:
    assert_seen(rule, text)


GOOD = [
    (rules.days_without_a_zone, "day = day_in(zone, offer.ends_at)\nleft = day - here.date()"),
]


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_each_check_lets_a_good_sample_pass(rule: Rule, text: str) -> None:
    assert_let_pass(rule, text)
