"""What Google signed is heard, and nothing else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from backend.passes.google.callback import (
    Heard,
    NotGoogles,
    RootKey,
    Told,
    moment,
    public_key,
    read_callback,
)
from tests.passes.google.account import ISSUER
from tests.passes.google.signer import Signer

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SERIAL = "5cQ0v1rZ2mYkqB7hW3nT9xLs"
# What Google has signed itself, in August 2025, with a root key that it has published since 2019.
GOOGLES_ROOT = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEs/J7ghdwu4/b6NvqzQebS+Z80FEP8ZlGdAdWDUjfPeBKaV+YOWW0l6U/"
    "4IGXnfY9NrsND1fwxAqRq0unR/LCIg=="
)
GOOGLES_CALLBACK = {
    "signature": "MEUCIQCJi26vl+ak17dsHDbZZnRZxm51duUAPiYLwOIr9rVvAAIgGUfR18gpKTq1+Msav0vPrWvC6x9d"
    "DRwWFX/b85+jE1k=",
    "intermediateSigningKey": {
        "signedKey": '{"keyValue":"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVsEtOdPMaE+DJDzuCJaO7EJXaHor'
        '4Kyklp411iwfBa+5TmdbiEWUXzewA79H0PXjdyRMhKBY99+sh056JB75LQ\\u003d\\u003d",'
        '"keyExpiration":"1754778096000"}',
        "signatures": [
            "MEUCIC29Ju3bt9kklbbA9QAJZW0hh2zecbHDzGo4hF1zRi1zAiEA6e201l1TEl85Row6XHybfDoewIKC4vYpnrlm"
            "UT9WbrE="
        ],
    },
    "protocolVersion": "ECv2SigningOnly",
    "signedMessage": '{"classId":"1388000000022025937.X","objectId":"3388000000022025937.X",'
    '"eventType":"save","expTimeMillis":1754114831806,"count":1,"nonce":"1"}',
}


@pytest.fixture
def signer() -> Signer:
    return Signer(NOW)


def heard(signer: Signer, said: dict[str, Any], now: datetime = NOW) -> Heard:
    (known,) = [each for each in signer.keys()["keys"] if "keyExpiration" in each]
    roots = [RootKey(public_key(known["keyValue"]), moment(known["keyExpiration"]))]
    return read_callback(orjson.dumps(said), roots, ["3388000000000000001", ISSUER], now)


def test_a_card_was_saved_and_removed(signer: Signer) -> None:
    for event, told in (("save", Told.SAVED), ("del", Told.REMOVED)):
        got = heard(signer, signer.callback(SERIAL, event))
        assert (got.issuer, got.serial, got.told) == (ISSUER, SERIAL, told)
        assert got.ends == NOW + timedelta(hours=1)


def test_lengths_are_of_bytes(signer: Signer) -> None:
    got = heard(signer, signer.callback("Ёлка-😀", nonce="Ёё-😀"))
    assert (got.serial, got.nonce) == ("Ёлка-😀", "Ёё-😀")


def test_what_google_signed_itself() -> None:
    then = datetime.fromtimestamp(1754114831, UTC)
    roots = [RootKey(public_key(GOOGLES_ROOT), NOW + timedelta(days=3650))]
    said = orjson.dumps(GOOGLES_CALLBACK)
    # The message is not the one that was signed, for its card was somebody's: its key is whole.
    with pytest.raises(NotGoogles, match="the message is not signed"):
        read_callback(said, roots, ["3388000000022025937"], then)
    with pytest.raises(NotGoogles, match="its key is over"):
        read_callback(said, roots, ["3388000000022025937"], then + timedelta(days=10))


FORGED: dict[str, Any] = {
    "another recipient": {"recipient": "3388000000000000009"},
    "another sender": {"sender": "GoogleWalletPasses"},
    "its key over": {"key_ends": timedelta(0)},
    "itself over": {"expTimeMillis": int((NOW - timedelta(seconds=1)).timestamp() * 1000)},
    "a time that is none": {"expTimeMillis": "soon"},
    "a time that is true": {"expTimeMillis": True},
    "another event": {"event": "use"},
    "a card of another issuer": {"objectId": f"3388000000000000001.{SERIAL}"},
    "no card": {"objectId": f"{ISSUER}."},
    "no nonce": {"nonce": ""},
    "an endless nonce": {"nonce": "n" * 201},
    "a nonce that is no text": {"nonce": 5},
}


@pytest.mark.parametrize("how", FORGED)
def test_forged(signer: Signer, how: str) -> None:
    with pytest.raises(NotGoogles):
        heard(signer, signer.callback(SERIAL, **FORGED[how]))


def test_signed_by_somebody_else(signer: Signer) -> None:
    said, other = signer.callback(SERIAL), Signer(NOW)
    theirs = other.callback(SERIAL)
    for forged in (
        theirs,
        said | {"signature": theirs["signature"]},
        said | {"intermediateSigningKey": theirs["intermediateSigningKey"]},
        said | {"signedMessage": said["signedMessage"].replace("save", "del")},
        said | {"protocolVersion": "ECv2"},
        # A key that the intermediate one has signed is none of a root's.
        said
        | {
            "intermediateSigningKey": said["intermediateSigningKey"]
            | {"signatures": [said["signature"]]}
        },
    ):
        with pytest.raises(NotGoogles):
            heard(signer, forged)


def test_a_root_key_that_is_over_signs_nothing(signer: Signer) -> None:
    with pytest.raises(NotGoogles, match="root key"):
        read_callback(
            orjson.dumps(signer.callback(SERIAL)),
            [RootKey(signer.root.public_key(), NOW)],
            [ISSUER],
            NOW,
        )


@pytest.mark.parametrize("name", ["signature", "intermediateSigningKey", "signedMessage"])
@pytest.mark.parametrize("put", [None, 5, "", "not base64!", [], {}, "Ё", "AAAA"])
def test_what_is_no_callback_at_all(signer: Signer, name: str, put: Any) -> None:
    said = signer.callback(SERIAL)
    for forged in (said | {name: put}, {k: v for k, v in said.items() if k != name}):
        with pytest.raises(NotGoogles):
            heard(signer, forged)


@pytest.mark.parametrize(
    "key",
    [
        {"signedKey": "{}", "signatures": ["AAAA"]},
        {"signedKey": 1, "signatures": []},
        {"signedKey": "{}", "signatures": "AAAA"},
        {"signedKey": "{}", "signatures": [1, None, {}]},
        {"signedKey": "{}"},
    ],
)
def test_a_key_that_is_none(signer: Signer, key: dict[str, Any]) -> None:
    with pytest.raises(NotGoogles):
        heard(signer, signer.callback(SERIAL) | {"intermediateSigningKey": key})


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"{" * 1000, b'"' + b"a" * 20_000 + b'"'])
def test_what_is_no_object(body: bytes) -> None:
    with pytest.raises(NotGoogles):
        read_callback(body, [], [ISSUER], NOW)
