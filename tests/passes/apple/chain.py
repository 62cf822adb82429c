"""A chain of certificates, made once for all tests, and OpenSSL's own word on a signature."""

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from backend.passes.apple.certificates import PassCertificate, read_certificate
from backend.passes.apple.dev_chain import DevChain, make_chain
from backend.passes.apple.maker import PassMaker
from backend.passes.apple.pass_json import Issuer

MADE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
WEB_SERVICE = "https://karman.example/wallet/apple"
TOKEN = "0123456789abcdef" * 2


@cache
def chain() -> DevChain:
    return make_chain(MADE)


@cache
def certificate() -> PassCertificate:
    return read_certificate(chain().signer, chain().intermediate)


def maker() -> PassMaker:
    own = certificate()
    return PassMaker(Issuer(own.type, own.team, WEB_SERVICE), own.signer)


@dataclass(frozen=True, slots=True)
class Verdict:
    good: bool
    said: str


def openssl_verifies(folder: Path, manifest: bytes, signature: bytes, root: bytes) -> Verdict:
    """`openssl cms -verify`: detached, binary, with the chain up to the root."""
    for name, content in {"m": manifest, "s": signature, "r": root}.items():
        (folder / name).write_bytes(content)
    done = subprocess.run(
        ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "s", "-content", "m",
         "-CAfile", "r", "-attime", str(int(AT.timestamp())), "-out", "o"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return Verdict(done.returncode == 0, done.stderr)
