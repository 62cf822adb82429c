"""What is configured is checked where it is entered."""

from datetime import date
from typing import Any

import asyncssh
import pytest
from pydantic import ValidationError

from backend.partners.registries.naming import name_of, names_of
from backend.partners.registries.settings import Secrets, Settings
from backend.partners.registries.wire.host_keys import fingerprint
from backend.partners.registries.wire.names import Kind

GOOD: dict[str, Any] = {"programs": {"lavka-card": "Lestate"}, "folder": "lestate"}
PIN = "SHA256:" + "A" * 43
SFTP = {"host": "sftp.example", "user": "karman", "host_keys": [PIN]}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"programs": {}}, "programs"),
        ({"programs": {"a": "../etc"}}, "programs"),
        ({"folder": "../other"}, "folder"),
        ({"folder": "/etc"}, "folder"),
        ({"programs": {"a": "Lestate", "b": "lestate"}}, ""),
        ({"names": {"issued": "{partner}_clients_{date}.csv.zip"}}, ""),
        ({"folder": None}, ""),
        ({"sftp": SFTP}, ""),
        ({"in": "../in"}, "in"),
        ({"out": ""}, "out"),
        ({"names": {"clients": "{partner}.zip"}}, "names"),
        ({"names": {"clients": "{partner}_{date}/x.zip"}}, "names"),
        ({"names": {"clients": "{partner}_{date}_{x}.zip"}}, "names"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"hour": 24}, "hour"),
        ({"gives": ["everything"]}, "gives"),
        ({"folder": None, "sftp": {**SFTP, "host_keys": []}}, "sftp"),
        ({"folder": None, "sftp": {**SFTP, "host_keys": ["anything"]}}, "sftp"),
        ({"folder": None, "sftp": {**SFTP, "host": "a b"}}, "sftp"),
    ],
)
def test_what_is_wrong_is_named(said: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        Settings.model_validate({**GOOD, **said})
    assert field in {str(each["loc"][0]) if each["loc"] else "" for each in wrong.value.errors()}


def test_secrets_are_not_shown() -> None:
    assert "pa55" not in repr(Secrets.model_validate({"password": "pa55"}))


@pytest.mark.parametrize("kind", ["ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256"])
def test_a_host_key_however_it_is_copied(kind: str) -> None:
    key = asyncssh.generate_private_key(kind)
    line = key.export_public_key().decode()
    expected = str(key.get_fingerprint())
    assert fingerprint(line) == expected
    assert fingerprint(f"sftp.example {line}") == expected
    assert fingerprint(expected) == expected


@pytest.mark.parametrize(
    "text", ["", "SHA256:short", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-ed25519 ///", "MD5:aa:bb"]
)
def test_what_is_no_host_key(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        fingerprint(text)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Lestate_clients_20261121.csv.zip", Kind.CLIENTS),
        ("LESTATE_CLIENTS_20261121.CSV.ZIP", Kind.CLIENTS),
        ("Lestate_issued_20261121.csv.zip", Kind.ISSUED),
        ("Lestate_reserved_20261121.csv.zip", Kind.RESERVED),
        ("Lestate_clients_2026112.csv.zip", None),
        ("Lestate_clients_٢٠٢٦١١٢١.csv.zip", None),
        ("Lestate_clients_20261121.csv", None),
        ("Other_clients_20261121.csv.zip", None),
        ("xLestate_clients_20261121.csv.zip", None),
        ("Lestate_clients_20261121.csv.zip.tmp", None),
    ],
)
def test_a_file_is_known_by_its_name(name: str, kind: Kind | None) -> None:
    found = names_of(Settings.model_validate(GOOD)).what(name)
    assert found == (("lavka-card", kind) if kind else None)


def test_what_goes_out_is_called_alike() -> None:
    settings = Settings.model_validate(GOOD)
    day = date(2026, 11, 21)
    assert name_of(settings, Kind.CLIENTS, "lavka-card", day) == "Lestate_clients_20261121.csv.zip"
    assert name_of(settings, Kind.ISSUED, "lavka-card", day) == "Lestate_issued_20261121.csv.zip"
