"""Links that save a card in Google's wallet, beside the bare RSA-2048 signature in each of them."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

from backend.passes.google.loyalty_object import loyalty_object
from backend.passes.google.save_link import PATH, save_link
from tests.bench.harness import Report, cpu_rates
from tests.passes.face import anna
from tests.passes.google.account import ISSUER, account, key

NAME = "google"
PAY = "https://pay.google.com"


def run(report: Report) -> None:
    ours, now, face = account(), datetime.now(UTC), anna()
    made = loyalty_object(ISSUER, face)
    link = save_link(ours, PAY, made, now) or ""
    signed = link.rpartition(".")[0].encode()
    padding, sha256 = PKCS1v15(), hashes.SHA256()
    rates = cpu_rates(
        {
            "signature": lambda: key().sign(signed, padding, sha256),
            "link": lambda: save_link(ours, PAY, made, now),
            "face": lambda: save_link(ours, PAY, loyalty_object(ISSUER, face), now),
        },
        rounds=31,
        seconds=0.1,
    )
    limit, bare = "limit a bare RSA-2048 signature", rates["signature"]
    report.add("save links", rates["link"], "1/cpu-s", against=limit, theirs=bare, aim=0.95)
    report.add("from the face to the link", rates["face"], "1/cpu-s", against=limit, theirs=bare)
    report.add("length of the token", len(link) - len(PAY + PATH), "letters")
