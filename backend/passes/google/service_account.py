"""The key of a service account: in whose name cards are signed, and Google is asked."""

import base64
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

LEAST_BITS = 2048
_HEADER = base64.urlsafe_b64encode(b'{"alg":"RS256","typ":"JWT"}').rstrip(b"=") + b"."
_PADDING, _HASH = PKCS1v15(), hashes.SHA256()


class KeyRefused(ValueError):
    """What is wrong with a service account's key, without a word of it."""


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    email: str
    token_url: str
    key: RSAPrivateKey = field(repr=False)

    def jwt(self, claims: Mapping[str, Any]) -> str:
        """RS256 (RFC 7515), letters of every language as they are."""
        return self.signed(unsigned(claims))

    def signed(self, token: bytes) -> str:
        """What `unsigned` made, with its signature."""
        signature = self.key.sign(token, _PADDING, _HASH)
        return (token + b"." + _packed(signature)).decode("ascii")

    def length(self, token: bytes) -> int:
        """Of what `signed` would make."""
        return len(token) + 1 + math.ceil(self.key.key_size / 6)


def unsigned(claims: Mapping[str, Any]) -> bytes:
    return _HEADER + _packed(orjson.dumps(claims))


def read_service_account(text: str) -> ServiceAccount:
    """The JSON that Google gives out once. Raises KeyRefused."""
    try:
        told = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise KeyRefused("expected the JSON key of a Google service account") from None
    if not isinstance(told, dict) or told.get("type") != "service_account":
        raise KeyRefused("expected the JSON key of a Google service account")
    email, pem = told.get("client_email"), told.get("private_key")
    url = told.get("token_uri") or "https://oauth2.googleapis.com/token"
    if not (isinstance(email, str) and isinstance(pem, str) and isinstance(url, str)):
        raise KeyRefused("the key has no client_email or no private_key")
    return ServiceAccount(email, url, _private(pem))


def _private(pem: str) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), None)
    except (ValueError, TypeError):
        raise KeyRefused("its private_key cannot be read") from None
    if not isinstance(key, RSAPrivateKey) or key.key_size < LEAST_BITS:
        raise KeyRefused("its private_key is no RSA key of 2048 bits or more")
    return key


def _packed(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
