"""A mistake in the settings names its field and what was expected."""

from typing import Any

import pytest
from pydantic import ValidationError

from backend.partners.member import CardState
from backend.partners.mindbox.operations import Operations
from backend.partners.mindbox.settings import Secrets, Settings
from tests.partners.mindbox.project import MORE, WALLET
from tests.partners.mindbox.wallet import SETTINGS, settings

WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"endpoint": ""}, "endpoint", "at least 1"),
    ({"url": "api.mindbox.ru"}, "url", "such as https://api.mindbox.ru"),
    ({"url": "https://api.mindbox.ru/v3/operations"}, "url", "such as https://api.mindbox.ru"),
    ({"authorisation": "basic"}, "authorisation", "'secret_key' or 'mindbox'"),
    ({"operation_per_minute": 9000}, "operation_per_minute", "8000"),
    ({"operations": {"bnd": "X"}}, "operations.bnd", "not permitted"),
    ({"programs": {"north": {"operations": {"bnd": "X"}}}}, "programs.north.operations", "bind"),
    ({"programs": {"north": {"cardtype": "x"}}}, "programs.north.cardtype", "not permitted"),
    ({"brands": {"n": {"channels": {"pigeon": {}}}}}, "brands.n.channels.pigeon", "'sms'"),
    ({"brands": {"n": {"channels": {"sms": {}}}}}, "brands.n.channels.sms", "custom_field"),
    ({"card_states": {"Lost": "gone"}}, "card_states.Lost", "'blocked'"),
    ({"clears": ["phone"]}, "clears.0", "'email'"),
    ({"secret_key": "x"}, "secret_key", "not permitted"),
]


@pytest.mark.parametrize(("wrong", "where", "expected"), WRONG)
def test_a_mistake_names_its_field(wrong: dict[str, Any], where: str, expected: str) -> None:
    with pytest.raises(ValidationError) as caught:
        settings(**wrong)
    mistakes = [(".".join(map(str, each["loc"])), each["msg"]) for each in caught.value.errors()]
    assert any(at.startswith(where) and expected in told for at, told in mistakes), mistakes


def test_every_field_is_described() -> None:
    for model in (Settings, Secrets, Operations):
        assert all(field.description for field in model.model_fields.values()), model


def test_the_usual_set_of_a_wallet_is_the_default() -> None:
    usual = Settings.model_validate({"endpoint": "Wallet"})
    assert usual.point_of_contact == "PrilozhenieKoshelek"
    names = set(usual.operations.model_dump().values()) - {""}
    assert names <= WALLET.keys()
    missing = WALLET.keys() - names
    assert missing == {
        "CardsMobile.CheckCustomer", "CardsMobile.BindCardFromPool",
        "DirectCrm.DiscountCards.ImportCards",
    }  # fmt: skip
    assert not names & MORE.keys()


def test_a_programs_own_names_stand_beside_the_connections() -> None:
    programs = {"north": {"operations": {"bind": "North.Bind"}}}
    made = settings(programs=programs)
    north, other = made.operations_of("north"), made.operations_of("sea")
    assert (north.bind, other.bind) == ("North.Bind", "CardsMobile.BindCard")
    assert north.unbind == other.unbind == "Karman.UnbindCard"


def test_keys_are_those_of_their_endpoints_and_are_shown_nowhere() -> None:
    secrets = Secrets.model_validate({"secret_key": "one", "secret_keys": {"Other": "two"}})
    assert (secrets.key_of("Wallet"), secrets.key_of("Other")) == ("one", "two")
    assert "one" not in repr(secrets)
    assert "two" not in repr(secrets)


def test_what_is_kept_reads_back_as_it_was() -> None:
    made = settings(clears=["email"], card_states={"Lost": "blocked"}, authorisation="mindbox")
    assert Settings.model_validate_json(made.model_dump_json()) == made


def test_states_of_cards() -> None:
    made = settings(card_states={"Lost": "blocked", "Inactive": "active"})
    named = ("Issued", "Activated", "Inactive", "NotIssued", "Blocked", "Lost", "Odd")
    assert [made.state_of(each) for each in named] == [
        CardState.ACTIVE, CardState.ACTIVE, CardState.ACTIVE, CardState.INACTIVE,
        CardState.BLOCKED, CardState.BLOCKED, CardState.INACTIVE,
    ]  # fmt: skip
    assert SETTINGS["programs"]["north"]["balance"] == "Main"
