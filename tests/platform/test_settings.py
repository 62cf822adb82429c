"""Settings: every variable may be absent; a wrong one is named, and its value is not told."""

import base64
import os
from pathlib import Path

import pytest

from backend.platform.settings import (
    SettingsRefused,
    listen_address,
    load_settings,
    unknown_variables,
)

TOKEN = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("KARMAN_")]:
        monkeypatch.delenv(name)


def test_without_any_variable_the_embedded_product_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    assert settings.sandboxed
    assert settings.database == f"sqlite://{tmp_path}/.karman/karman.db"
    assert settings.redis_url == "memory://"


def test_a_real_token_leaves_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KARMAN_BOT_TOKEN", TOKEN)
    settings = load_settings()
    assert not settings.sandboxed
    assert TOKEN not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("KARMAN_DATABASE_URL", "mysql://root:hunter2@db/karman", "expected sqlite:///"),
        ("KARMAN_DATABASE_URL", "postgres://anna:hunter2@db", "expected postgres://"),
        ("KARMAN_DATABASE_URL", "postgres://anna:hunter2@db:port/karman", "expected a port"),
        ("KARMAN_DATABASE_URL", "sqlite://", "expected sqlite:///"),
        ("KARMAN_REDIS_URL", "http://:hunter2@redis", "expected memory:// or redis://"),
        ("KARMAN_LISTEN", "hunter2", "expected host:port"),
        ("KARMAN_LISTEN", "127.0.0.1:70000", "expected host:port"),
        ("KARMAN_BASE_URL", "karman.example", "expected an address"),
        ("KARMAN_BOT_TOKEN", "hunter2", "expected a token from BotFather"),
        ("KARMAN_BOT_TOKEN", f"{TOKEN} hunter2", "expected a token from BotFather"),
        ("KARMAN_WEBHOOK_SECRET", "hunter2 hunter2", "expected 1-256 characters"),
        ("KARMAN_MASTER_KEY", "hunter2", "expected 32 bytes in base64"),
        ("KARMAN_APPLE_PASSES", "/no/such/hunter2.pem", "expected a file, or the PEM itself"),
        ("KARMAN_APPLE_PASSES", "lukograd=/no/such/hunter2.pem", "expected a file, or the PEM"),
        ("KARMAN_APPLE_WWDR", "/no/such/hunter2.pem", "expected a file, or the PEM itself"),
        ("KARMAN_APNS_KEY", "/no/such/hunter2.p8", "expected a file, or the PEM itself"),
        ("KARMAN_APNS_KEY_ID", "hunter2", "expected the key's id"),
        ("KARMAN_APNS_URL", "hunter2", "expected an address"),
        ("KARMAN_PAID_MESSAGES_PER_SECOND", "-1", "expected a number of at least 0"),
        ("KARMAN_PROMO_PER_DAY", "-1", "expected a number of at least 0"),
        ("KARMAN_MESSAGES_PER_SECOND", "0", "expected a number greater than 0"),
        ("KARMAN_API_PER_SECOND", "0", "expected a number of at least 1"),
        ("KARMAN_MESSAGES_PER_SECOND", "hunter2", "expected a number"),
        ("KARMAN_SMS_COUNTRIES", "RU,hunter2", "expected two-letter countries such as RU,BY"),
        ("KARMAN_SMS_COUNTRIES", "", "expected two-letter countries"),
        ("KARMAN_LOG_LEVEL", "hunter2", "expected debug, info, warning or error"),
    ],
)
def test_a_wrong_variable_is_one_line_with_its_name_and_what_was_expected(
    name: str, value: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsRefused) as refused:
        load_settings()
    text = str(refused.value)
    assert text.startswith(f"{name}: ")
    assert expected in text
    assert "hunter2" not in text
    assert "\n" not in text
    assert refused.value.__suppress_context__, "a traceback would show the value"


def test_two_mistakes_are_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KARMAN_LISTEN", "here")
    monkeypatch.setenv("KARMAN_BOT_TOKEN", "hunter2")
    with pytest.raises(SettingsRefused) as refused:
        load_settings()
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == [
        "KARMAN_LISTEN",
        "KARMAN_BOT_TOKEN",
    ]


def test_two_master_keys_may_be_named_during_a_rotation(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = ",".join(base64.b64encode(os.urandom(32)).decode() for _ in range(2))
    monkeypatch.setenv("KARMAN_MASTER_KEY", keys)
    assert load_settings().master_key.get_secret_value() == keys


def test_links_lead_to_where_the_site_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().base_url == "http://127.0.0.1:8080"
    for listen, reached in (
        ("127.0.0.1:8411", "http://127.0.0.1:8411"),
        (":9000", "http://127.0.0.1:9000"),
        ("[::1]:8080", "http://[::1]:8080"),
    ):
        monkeypatch.setenv("KARMAN_LISTEN", listen)
        assert load_settings().base_url == reached
    monkeypatch.setenv("KARMAN_BASE_URL", "https://karman.example")
    assert load_settings().base_url == "https://karman.example"


def test_a_misspelt_variable_is_named() -> None:
    told = unknown_variables({"KARMAN_LISTN", "KARMAN_LISTEN", "KARMAN_ZZZ", "PATH"})
    assert told == [
        "KARMAN_LISTN is no setting and changes nothing; did you mean KARMAN_LISTEN?",
        "KARMAN_ZZZ is no setting and changes nothing; docs/operators.md lists them all",
    ]


def test_addresses() -> None:
    assert listen_address("127.0.0.1:8080") == ("127.0.0.1", 8080)
    assert listen_address(":8080") == ("0.0.0.0", 8080)
    assert listen_address("[::1]:8080") == ("::1", 8080)
