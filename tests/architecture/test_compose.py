"""The files of the scaled deployment against the code: without an engine at hand, what they
name must at least exist."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from backend.cli.main import build_parser
from backend.platform.settings import Settings, listen_address, load_settings
from tests.support.source import PRODUCT, ROOT, sources

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "karman"}
DOCKERFILE = (ROOT / "Dockerfile").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
KNOWN = {f"KARMAN_{name.upper()}" for name in Settings.model_fields}
FILLED_IN = {
    "POSTGRES_PASSWORD": "lukomorye",
    "KARMAN_MASTER_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "KARMAN_BOT_TOKEN": "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11",
    "KARMAN_BASE_URL": "https://karman.example",
    "KARMAN_LOG_LEVEL": "info",
    "KARMAN_TRUSTED_PROXIES": "172.18.0.1",
    "KARMAN_METRICS_KEY": "a-key-of-sixteen-or-more",
}


def unknown_variables(text: str) -> set[str]:
    return set(re.findall(r"\bKARMAN_[A-Z_]+\b", text)) - KNOWN


def filled_in(value: str) -> str:
    return re.sub(r"\$\{([A-Z_]+)[^}]*\}", lambda match: FILLED_IN[match[1]], value)


def fetched_by(test: list[str]) -> Iterator[str]:
    yield from re.findall(r"http://[^'\"\s]+", " ".join(test))


@pytest.mark.parametrize("file", ["docker-compose.yml", "Dockerfile", ".env.example"])
def test_every_variable_is_a_setting(file: str) -> None:
    assert not unknown_variables((ROOT / file).read_text()), "see backend/platform/settings.py"
    assert unknown_variables("KARMAN_DATABASE_URI: x") == {"KARMAN_DATABASE_URI"}


def test_whatever_is_asked_of_the_operator_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    offered = set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert asked == offered == set(FILLED_IN)


@pytest.mark.parametrize("name", OURS)
def test_the_settings_of_each_service_are_accepted(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in OURS[name]["environment"].items():
        monkeypatch.setenv(variable, filled_in(value))
    settings = load_settings()
    assert not settings.sandboxed
    database, redis = urlsplit(settings.database), urlsplit(settings.redis_url)
    assert (database.hostname, database.port) == ("postgres", 5432)
    assert (redis.hostname, redis.port) == ("valkey", 6379)
    server = SERVICES["postgres"]["environment"]
    assert database.username == server["POSTGRES_USER"]
    assert database.path == f"/{server['POSTGRES_DB']}"
    assert database.password == filled_in(server["POSTGRES_PASSWORD"])


def test_every_command_is_a_verb() -> None:
    commands = [service["command"] for service in OURS.values()]
    commands += [
        service["healthcheck"]["test"][2:]
        for service in OURS.values()
        if service["healthcheck"].get("test", [])[1:2] == ["karman"]
    ]
    commands += [[word] for word in re.findall(r'^CMD \["(\w+)"\]', DOCKERFILE, re.MULTILINE)]
    assert len(commands) >= 7
    parser = build_parser()
    for command in commands:
        assert parser.parse_args(command).run, command


def test_every_port_is_the_one_that_is_listened_on() -> None:
    web = SERVICES["web"]
    listened = listen_address(web["environment"]["KARMAN_LISTEN"])
    first, last, inside = re.fullmatch(r"127\.0\.0\.1:(\d+)-(\d+):(\d+)", web["ports"][0]).groups()  # type: ignore[union-attr]
    assert int(inside) == listened.port
    assert int(last) - int(first) + 1 == web["deploy"]["replicas"], "one port for each"
    assert re.findall(r"^EXPOSE (\d+)", DOCKERFILE, re.MULTILINE) == [str(listened.port)]
    assert f"KARMAN_LISTEN=0.0.0.0:{listened.port}" in DOCKERFILE
    routes = {
        route
        for source in sources("backend/web")
        for route in re.findall(r'\.get\("(/[a-z]*)"', source.text)
    }
    health = [*fetched_by(web["healthcheck"]["test"]), *fetched_by([DOCKERFILE])]
    assert len(health) == 2
    for url in health:
        assert urlsplit(url).port == listened.port
        assert urlsplit(url).path in routes


def test_the_deployment_is_scaled() -> None:
    replicas = {
        name: service.get("deploy", {}).get("replicas", 1) for name, service in OURS.items()
    }
    assert replicas == {"migrate": 1, "web": 2, "bot": 1, "worker": 2}


def test_the_migration_runs_once_before_the_rest() -> None:
    assert SERVICES["migrate"]["restart"] == "no"
    for name in ("web", "bot", "worker"):
        conditions = {on: rule["condition"] for on, rule in SERVICES[name]["depends_on"].items()}
        assert conditions == {
            "migrate": "service_completed_successfully",
            "postgres": "service_healthy",
            "valkey": "service_healthy",
        }


def test_everything_restarts_and_is_checked() -> None:
    for name, service in SERVICES.items():
        if name != "migrate":
            assert service["restart"] == "unless-stopped", name
            assert service["healthcheck"]["test"], name


def test_nothing_of_ours_runs_as_root_or_writes_to_its_own_files() -> None:
    uid = re.search(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert uid
    for name, service in OURS.items():
        assert service["user"] == uid[1] != "0:0", name
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name


def test_the_image_holds_what_the_product_needs() -> None:
    assert "--require-hashes" in DOCKERFILE
    taken = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    assert {*PRODUCT, "demo", "pyproject.toml", "requirements.lock", "LICENSE"} <= taken
    for name in taken - {"README.md"}:
        assert (ROOT / name).exists(), name
    data = re.search(r"KARMAN_DATA_DIR=(\S+)", DOCKERFILE)
    assert data
    for service in OURS.values():
        assert service["volumes"] == [f"karman:{data[1]}"]


def test_secrets_come_from_the_operator_alone() -> None:
    for line in EXAMPLE.splitlines():
        if line.startswith(("POSTGRES_PASSWORD", "KARMAN_MASTER_KEY", "KARMAN_BOT_TOKEN")):
            assert line.endswith("="), "the example holds no secret"
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert ".env" in ignored
