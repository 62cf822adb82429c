"""Who makes cards in Google Wallet, as the settings say it."""

import json
from pathlib import Path

import pytest

from backend.passes.google.settings import google_passes
from backend.platform.settings import SettingsRefused, load_settings
from backend.platform.world.google import GoogleSource, parse_issuers
from tests.passes.google.account import key_file

ONE, OTHER = "3388000000012345678", "3388000000087654321"


def test_issuers_for_all_and_for_one() -> None:
    text = f"{ONE}:/run/a.json, lukograd={OTHER}:{json.dumps({'a': [1, 2]})} ,"
    assert parse_issuers(text) == [
        GoogleSource("", ONE, "/run/a.json"),
        GoogleSource("lukograd", OTHER, '{"a": [1, 2]}'),
    ]
    assert parse_issuers("") == []


def test_an_account_has_its_own_or_everybodys(tmp_path: Path) -> None:
    file = tmp_path / "key.json"
    file.write_text(key_file())
    told = load_settings(
        google_passes=f"lukograd={ONE}:{file},{OTHER}:{key_file()}", base_url="https://k.example"
    )
    passes = google_passes(told)
    assert [each.id for each in passes.issuers] == [ONE, OTHER]
    for account, issuer in (("lukograd", ONE), ("pryanik", OTHER)):
        found = passes.of_account(account)
        assert found is not None
        assert found.id == issuer
    assert passes.of_id("3388000000000000000") is None
    assert passes.callback == "https://k.example/wallet/google/callback"


def test_nothing_is_set() -> None:
    passes = google_passes(load_settings())
    assert passes.of_account("pryanik") is None
    # Google reaches nobody over http.
    assert passes.callback == ""


@pytest.mark.parametrize(
    "wrong", [f"{ONE}", f"{ONE}:", f"x:{ONE}", f"{ONE}:/no/such.json", f"{ONE}:{{}} x", f"{ONE}:{{"]
)
def test_what_is_wrong_is_said_without_it(wrong: str) -> None:
    with pytest.raises(SettingsRefused, match="KARMAN_GOOGLE_PASSES: expected"):
        load_settings(google_passes=wrong)


def test_a_key_that_is_none() -> None:
    with pytest.raises(SettingsRefused, match=f"KARMAN_GOOGLE_PASSES of {ONE}"):
        google_passes(load_settings(google_passes=f"{ONE}:{{}}"))


def test_two_issuers_for_one() -> None:
    with pytest.raises(SettingsRefused, match="two issuers for all accounts"):
        google_passes(load_settings(google_passes=f"{ONE}:{key_file()},{OTHER}:{key_file()}"))


@pytest.mark.parametrize("name", ["google_api_url", "google_pay_url"])
def test_doors_are_addresses(name: str) -> None:
    with pytest.raises(SettingsRefused, match=f"KARMAN_{name.upper()}: expected"):
        load_settings(**{name: "walletobjects"})
