"""Pushes over one HTTP/2 connection, and what becomes of those that do not go through."""

import re
import ssl
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import orjson
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as ec_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from backend.passes.apple.apns.client import Apns
from backend.passes.apple.apns.outcome import Fate
from backend.passes.apple.apns.way import KeyRefused, ProviderToken, Way, way_to
from backend.passes.apple.dev_chain import TYPE
from tests.passes.apple.chain import certificate, chain
from tests.support.clock import StoppedClock
from tests.support.edge.apns import Apns as Double
from tests.support.edge.apns import apns_server

TOKENS = [f"{number:064x}" for number in range(300)]


async def nothing() -> None:
    pass


@pytest.fixture
async def apns() -> AsyncIterator[Double]:
    async with apns_server(TYPE) as running:
        running.tokens = dict.fromkeys(TOKENS, nothing)
        yield running


@pytest.fixture
async def client(apns: Double) -> AsyncIterator[Apns]:
    client = Apns(way_to(f"http://127.0.0.1:{apns.port}", b""), StoppedClock())
    yield client
    await client.close()


async def test_many_go_over_one_connection_as_many_at_once_as_it_allows(
    apns: Double, client: Apns
) -> None:
    apns.at_once = 7
    outcomes = await client.push_all(TYPE, TOKENS)
    assert {outcome.fate for outcome in outcomes.values()} == {Fate.TOLD}
    assert outcomes.keys() == set(TOKENS)
    assert apns.connections == 1
    assert apns.most_at_once <= 7


async def test_tokens_that_lead_nowhere_are_told_apart(apns: Double, client: Apns) -> None:
    gone, other = TOKENS[0], "f" * 64
    apns.unregistered[gone] = int(datetime(2026, 11, 20, tzinfo=UTC).timestamp() * 1000)
    outcomes = await client.push_all(TYPE, [gone, other, TOKENS[1]])
    assert outcomes[gone].fate is Fate.GONE
    assert outcomes[gone].since == datetime(2026, 11, 20, tzinfo=UTC)
    assert (outcomes[other].fate, outcomes[other].reason) == (Fate.GONE, "BadDeviceToken")
    assert outcomes[TOKENS[1]].fate is Fate.TOLD


@pytest.mark.parametrize(
    ("answer", "fate"),
    [
        ((429, "TooManyRequests"), Fate.LATER),
        ((503, "ServiceUnavailable"), Fate.LATER),
        ((500, "InternalServerError"), Fate.LATER),
        ((403, "ExpiredProviderToken"), Fate.LATER),
        ((400, "IdleTimeout"), Fate.LATER),
        ((403, "BadCertificate"), Fate.REFUSED),
        ((403, "InvalidProviderToken"), Fate.REFUSED),
        ((400, "TopicDisallowed"), Fate.REFUSED),
        ((400, "DeviceTokenNotForTopic"), Fate.GONE),
    ],
)
async def test_what_an_answer_means(
    apns: Double, client: Apns, answer: tuple[int, str], fate: Fate
) -> None:
    apns.fails.append(answer)
    assert (await client.push(TYPE, TOKENS[0])).fate is fate
    assert (await client.push(TYPE, TOKENS[0])).fate is Fate.TOLD


async def test_once_refused_nobody_else_is_asked(apns: Double, client: Apns) -> None:
    apns.at_once = 1
    apns.fails.append((403, "BadCertificate"))
    outcomes = await client.push_all(TYPE, TOKENS)
    assert Fate.REFUSED in {outcome.fate for outcome in outcomes.values()}
    assert sum(apns.answers.values()) < len(TOKENS)


async def test_a_server_that_goes_away_again_and_again_loses_nothing(
    apns: Double, client: Apns
) -> None:
    apns.leaves = 50
    outcomes = await client.push_all(TYPE, TOKENS)
    left = [token for token, outcome in outcomes.items() if outcome.fate is Fate.LATER]
    apns.leaves = 0
    outcomes |= await client.push_all(TYPE, left)
    assert {outcome.fate for outcome in outcomes.values()} == {Fate.TOLD}
    assert set(apns.pushes) == set(TOKENS)
    assert apns.connections > 1


async def test_nobody_there_is_for_later() -> None:
    async with apns_server(TYPE) as gone:
        port = gone.port
    client = Apns(Way("127.0.0.1", port, None), StoppedClock())
    assert (await client.push(TYPE, TOKENS[0])).fate is Fate.LATER


def server_tls(folder: Path, name: str = "127.0.0.1") -> tuple[ssl.SSLContext, bytes]:
    """A server that asks for the certificate of who comes; and whom it is trusted by."""
    key = generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "APNs of the tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(9))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), False)
        .sign(key, SHA256())
    )  # fmt: skip
    pem = made.public_bytes(Encoding.PEM)
    own = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "server.pem").write_bytes(pem + own)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cadata=chain().root.decode())
    tls.load_cert_chain(folder / "server.pem")
    tls.verify_mode = ssl.CERT_REQUIRED
    tls.set_alpn_protocols(["h2"])
    return tls, pem


async def test_the_certificate_says_who_asks(tmp_path: Path) -> None:
    tls, root = server_tls(tmp_path)
    async with apns_server(TYPE, tls) as apns:
        apns.tokens = {TOKENS[0]: nothing}
        way = way_to(f"https://127.0.0.1:{apns.port}", certificate().pem, root)
        client = Apns(way, StoppedClock())
        assert (await client.push(TYPE, TOKENS[0])).fate is Fate.TOLD
        await client.close()
        # A server that anybody could be is told nothing.
        stranger = Apns(way_to(f"https://127.0.0.1:{apns.port}", certificate().pem), StoppedClock())
        assert (await stranger.push(TYPE, TOKENS[0])).fate is Fate.LATER
    assert apns.pushes[TOKENS[0]] == 1


async def test_a_token_in_place_of_the_certificate(apns: Double) -> None:
    key = ec_key(SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    clock = StoppedClock()
    token = ProviderToken(pem, "ABC123DEFG", "TEAM123456")
    said = token.at(clock())
    apns.bearer = re.escape(f"bearer {said}")
    client = Apns(way_to(f"http://127.0.0.1:{apns.port}", b"", token=token), clock)
    assert (await client.push(TYPE, TOKENS[0])).fate is Fate.TOLD
    clock.advance(minutes=39)
    assert (await client.push(TYPE, TOKENS[0])).fate is Fate.TOLD
    clock.advance(minutes=2)
    assert token.at(clock()) != said
    await client.close()
    head, claims, signature = (urlsafe_b64decode(part + "==") for part in said.split("."))
    assert orjson.loads(head) == {"alg": "ES256", "kid": "ABC123DEFG"}
    assert orjson.loads(claims)["iss"] == "TEAM123456"
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    signed = said.rpartition(".")[0].encode()
    key.public_key().verify(encode_dss_signature(r, s), signed, ECDSA(SHA256()))


def test_a_key_that_is_none_of_apns() -> None:
    with pytest.raises(KeyRefused, match="p8"):
        ProviderToken(b"nothing", "A", "T")
    with pytest.raises(KeyRefused, match="P-256"):
        ProviderToken(chain().signer[chain().signer.index(b"-----BEGIN PRIVATE") :], "A", "T")
