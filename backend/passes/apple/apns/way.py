"""How APNs is reached, and how it is told who asks."""

import base64
import ssl
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import orjson
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

# APNs takes a token for an hour, and no new one within twenty minutes.
_RENEWED = timedelta(minutes=40)


class KeyRefused(ValueError):
    """The key for tokens cannot be used; the text says what was expected."""


class ProviderToken:
    """ES256 tokens of a team, each used for a while."""

    def __init__(self, key: bytes, key_id: str, team: str) -> None:
        """`key`: PEM (.p8). Raises KeyRefused."""
        try:
            loaded = load_pem_private_key(key, None)
        except (ValueError, TypeError):
            raise KeyRefused("expected the .p8 file of a key for APNs") from None
        if not isinstance(loaded, EllipticCurvePrivateKey) or loaded.curve.name != "secp256r1":
            raise KeyRefused("expected a key on P-256, as Apple gives for APNs")
        if not key_id:
            raise KeyRefused("its id is missing: set KARMAN_APNS_KEY_ID")
        self._key, self._key_id, self._team = loaded, key_id, team
        self._made: tuple[datetime, str] | None = None

    def at(self, now: datetime) -> str:
        if self._made is None or not timedelta(0) <= now - self._made[0] < _RENEWED:
            self._made = (now, self._signed(now))
        return self._made[1]

    def _signed(self, now: datetime) -> str:
        head = {"alg": "ES256", "kid": self._key_id}
        said = {"iss": self._team, "iat": int(now.timestamp())}
        text = f"{_spelt(orjson.dumps(head))}.{_spelt(orjson.dumps(said))}"
        r, s = decode_dss_signature(self._key.sign(text.encode(), ECDSA(SHA256())))
        return f"{text}.{_spelt(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def _spelt(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Way:
    """`tls`: None only for a double on this machine."""

    host: str
    port: int
    tls: ssl.SSLContext | None = field(repr=False)
    token: ProviderToken | None = field(default=None, repr=False)


def way_to(url: str, pem: bytes, root: bytes = b"", token: ProviderToken | None = None) -> Way:
    """`pem`: the certificate and key that say who asks, unless a token does. `root`: whom the
    server must prove itself to, in place of the internet's own."""
    parts = urlsplit(url)
    if parts.scheme == "http":
        return Way(parts.hostname or "", parts.port or 80, None, token)
    tls = ssl.create_default_context(cadata=root.decode() or None)
    tls.minimum_version = ssl.TLSVersion.TLSv1_2
    tls.set_alpn_protocols(["h2"])
    if token is None:
        # The library takes it from a file alone.
        with tempfile.NamedTemporaryFile(suffix=".pem") as file:
            file.write(pem)
            file.flush()
            tls.load_cert_chain(file.name)
    return Way(parts.hostname or "", parts.port or 443, tls, token)
