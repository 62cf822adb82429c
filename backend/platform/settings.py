"""Settings from KARMAN_* variables, all optional in the embedded default."""

import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, NamedTuple, Self

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import SettingsConfigDict

from backend.platform.database import DatabaseRefused, tortoise_config
from backend.platform.secrets.key_file import MasterKeyRefused, parse_master_key
from backend.platform.world.apple import AppleSettings
from backend.platform.world.google import GoogleSettings
from backend.platform.world.in_front import InFrontSettings
from backend.platform.world.outside import OutsideSettings

_BOT_TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{10,100}")
_SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,256}")


class SettingsRefused(ValueError):
    """One line per wrong variable: its name and what was expected. Never its value."""


class Address(NamedTuple):
    host: str
    port: int


def _listen(text: str) -> str:
    listen_address(text)
    return text


def _database(url: str) -> str:
    if url:
        tortoise_config(url)
    return url


def _direct(url: str) -> str:
    if url and not url.startswith(("postgres://", "postgresql://")):
        raise ValueError("expected postgres://user:password@host:5432/database")
    return _database(url)


def _redis(url: str) -> str:
    if not url.startswith(("memory://", "redis://", "rediss://", "unix://")):
        raise ValueError("expected memory:// or redis://host:6379/0")
    return url


def _http(url: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", url):
        raise ValueError("expected an address such as https://karman.example")
    return url.rstrip("/")


def _bot_token(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value() and not _BOT_TOKEN.fullmatch(secret.get_secret_value()):
        raise ValueError("expected a token from BotFather such as 123456:ABC-DEF1234ghIkl")
    return secret


def _master_keys(secret: SecretStr) -> SecretStr:
    for text in filter(None, secret.get_secret_value().split(",")):
        parse_master_key(text)
    return secret


def _policy(path: Path | None) -> Path | None:
    if path is not None and not path.is_file():
        raise ValueError("expected a Markdown file that can be read")
    return path


def _hosts(text: str) -> str:
    if text and not re.fullmatch(r"[a-z0-9.-]+(:\d+)?(,[a-z0-9.-]+(:\d+)?)*", text):
        raise ValueError("expected hosts such as localhost:9000,127.0.0.1")
    return text


def _webhook_secret(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value() and not _SECRET_TOKEN.fullmatch(secret.get_secret_value()):
        raise ValueError("expected 1-256 characters of A-Z a-z 0-9 _ -")
    return secret


def _log_level(text: str) -> str:
    if text not in {"debug", "info", "warning", "error"}:
        raise ValueError("expected debug, info, warning or error")
    return text


class Settings(InFrontSettings, OutsideSettings, AppleSettings, GoogleSettings):
    """Each field is the variable `KARMAN_<NAME>`; docs/operators.md explains each."""

    model_config = SettingsConfigDict(env_prefix="KARMAN_", env_file=None, extra="ignore")

    data_dir: Path = Path(".karman")
    database_url: Annotated[str, AfterValidator(_database)] = ""
    # Past a pooler such as PgBouncer: for locks of a session and for migrations.
    database_direct_url: Annotated[str, AfterValidator(_direct)] = ""
    redis_url: Annotated[str, AfterValidator(_redis)] = "memory://"
    listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8080"
    # Left out: where the web side listens, as this machine reaches it.
    base_url: Annotated[str, AfterValidator(_http)] = "http://127.0.0.1:8080"
    sandbox_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8081"
    bot_token: Annotated[SecretStr, AfterValidator(_bot_token)] = SecretStr("")
    bot_api_url: Annotated[str, AfterValidator(_http)] = "https://api.telegram.org"
    # Set: Telegram posts updates to {webhook_url}; empty: long polling.
    webhook_url: str = ""
    webhook_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8082"
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] = SecretStr("")
    messages_per_second: Annotated[float, Field(gt=0, le=1000)] = 28.0
    # Of campaigns that pay for it in Telegram Stars, beside the others; 0: none may.
    paid_messages_per_second: Annotated[float, Field(ge=0, le=1000)] = 0.0
    # Advertising to one person in 24 hours, of all brands together; 0: no cap.
    promo_per_day: Annotated[int, Field(ge=0, le=1000)] = 0
    # What one key of the HTTP API may ask; twice as much at once.
    api_per_second: Annotated[int, Field(ge=1, le=100_000)] = 100
    # How long handled updates and finished outbox rows are kept.
    keep_days: Annotated[int, Field(ge=1, le=3650)] = 14
    # Updates that could not be handled, sealed. Below a week: bot/intake/store.py tells why.
    keep_updates_days: Annotated[int, Field(ge=2, le=6)] = 6
    # Answers and contacts that led to no card.
    keep_abandoned_days: Annotated[int, Field(ge=1, le=3650)] = 30
    # Hosts, with a port or without, that messages may go to by http, and on this machine.
    webhooks_http_hosts: Annotated[str, AfterValidator(_hosts)] = ""
    # Hosts inside the house, with a port or without, that connections to partners may go to.
    partner_hosts: Annotated[str, AfterValidator(_hosts)] = ""
    # Sent messages and their attempts.
    keep_deliveries_days: Annotated[int, Field(ge=1, le=3650)] = 30
    # The feeds of what happened, for partners: a cursor older than that is refused.
    keep_changes_days: Annotated[int, Field(ge=1, le=3650)] = 90
    # By what a deleted person's consents are found: for as long as a claim may follow.
    keep_evidence_days: Annotated[int, Field(ge=1, le=36500)] = 1095
    # Who runs this installation, and the policy (Markdown) if the built-in words do not do.
    operator_name: Annotated[str, Field(max_length=300)] = ""
    policy_file: Annotated[Path | None, AfterValidator(_policy)] = None
    # The newest first, older ones after a comma until `karman keys rotate` is done.
    master_key: Annotated[SecretStr, AfterValidator(_master_keys)] = SecretStr("")
    log_level: Annotated[str, AfterValidator(_log_level)] = "info"

    @model_validator(mode="after")
    def _base_url_follows_listen(self) -> Self:
        if "base_url" not in self.model_fields_set:
            host, port = listen_address(self.listen)
            reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
            named = f"[{reached}]" if ":" in reached else reached
            self.base_url = f"http://{named}:{port}"
        return self

    @property
    def http_hosts(self) -> frozenset[str]:
        return frozenset(filter(None, self.webhooks_http_hosts.split(",")))

    @property
    def hosts_inside(self) -> frozenset[str]:
        return frozenset(filter(None, self.partner_hosts.split(",")))

    @property
    def database(self) -> str:
        """The database URL, with the embedded default filled in. Behind a pooler the driver keeps
        no prepared statements: the next statement may go to another session."""
        url = self.database_url or f"sqlite://{self.data_dir.absolute() / 'karman.db'}"
        if not self.database_direct_url or "statement_cache_size=" in url:
            return url
        return f"{url}{'&' if '?' in url else '?'}statement_cache_size=0"

    @property
    def direct_database(self) -> str:
        """For what is bound to one session: the same server, and no pooler in between."""
        return self.database_direct_url or self.database

    @property
    def sandboxed(self) -> bool:
        """No real token: the bot talks to the sandbox."""
        return not self.bot_token.get_secret_value()

    @property
    def channels(self) -> frozenset[str]:
        """Those that are set up (backend/messaging/registry.py)."""
        sms = bool(self.sms_gateway or self.sandbox_url)
        ways = {"telegram": True, "email": self.sends_letters, "sms": sms}
        return frozenset(name for name, there in ways.items() if there)

    @property
    def sends_letters(self) -> bool:
        """Whether there is a way for them (backend/messaging/email/settings.py)."""
        return bool(self.smtp_url.get_secret_value() or self.sandbox_url)


def listen_address(text: str) -> Address:
    """`127.0.0.1:8080` or `:8080` (every interface). Raises ValueError."""
    host, _, port = text.rpartition(":")
    if not port.isdigit() or not 0 <= int(port) <= 65535:
        raise ValueError("expected host:port such as 127.0.0.1:8080")
    return Address(host.strip("[]") or "0.0.0.0", int(port))  # noqa: S104  the operator asked


def load_settings(**overrides: Any) -> Settings:
    """Read the environment. Raises SettingsRefused with one clear line per mistake."""
    try:
        return Settings(**overrides)
    except ValidationError as wrong:
        raise SettingsRefused("\n".join(_lines(wrong))) from None
    except (DatabaseRefused, MasterKeyRefused) as wrong:
        raise SettingsRefused(str(wrong)) from None


def _lines(wrong: ValidationError) -> list[str]:
    found = []
    for mistake in wrong.errors(include_input=False, include_url=False):
        name = "KARMAN_" + "_".join(str(part) for part in mistake["loc"]).upper()
        pattern = _EXPECTED.get(mistake["type"])
        ours = mistake["msg"].removeprefix("Value error, ")
        found.append(f"{name}: {pattern.format(**mistake.get('ctx', {})) if pattern else ours}")
    return found


# Of pydantic's kinds of mistakes, in the words of the other settings.
_EXPECTED = {
    "int_parsing": "expected a whole number",
    "int_from_float": "expected a whole number",
    "float_parsing": "expected a number",
    "finite_number": "expected a number",
    "greater_than": "expected a number greater than {gt}",
    "greater_than_equal": "expected a number of at least {ge}",
    "less_than": "expected a number below {lt}",
    "less_than_equal": "expected a number of at most {le}",
    "string_too_long": "expected at most {max_length} characters",
    "bool_parsing": "expected yes or no",
    "literal_error": "expected one of {expected}",
}


def unknown_variables(names: Iterable[str] | None = None) -> list[str]:
    """A line for each KARMAN_* variable that is no setting: most likely a slip of the pen."""
    known = {f"KARMAN_{name.upper()}" for name in Settings.model_fields}
    found = []
    for name in sorted(set(os.environ if names is None else names) - known):
        if name.startswith("KARMAN_"):
            near = get_close_matches(name, known, n=1, cutoff=0.75)
            guess = f"did you mean {near[0]}?" if near else "docs/operators.md lists them all"
            found.append(f"{name} is no setting and changes nothing; {guess}")
    return found
