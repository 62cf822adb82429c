"""A service account of the tests: its key is made and read once, for both take their time."""

from functools import cache

import orjson
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from backend.passes.google.service_account import ServiceAccount, read_service_account

ISSUER = "3388000000012345678"
EMAIL = "karman@wallet-passes.iam.gserviceaccount.com"


@cache
def key() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def key_file(token_url: str = "https://oauth2.googleapis.com/token") -> str:
    pem = key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    told = {
        "type": "service_account",
        "project_id": "wallet-passes",
        "private_key_id": "0" * 40,
        "private_key": pem,
        "client_email": EMAIL,
        "token_uri": token_url,
    }
    return orjson.dumps(told).decode()


@cache
def account(token_url: str = "https://oauth2.googleapis.com/token") -> ServiceAccount:
    return read_service_account(key_file(token_url))
