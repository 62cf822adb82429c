"""Cards for Apple Wallet: made, beside a bare RSA-2048 signature and beside peers; the updates of a
program's cards after its design has changed; the web service beside a bare aiohttp handler."""

import asyncio
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from PIL import Image

from backend.passes.apple.images import images_of
from backend.passes.apple.maker import _drawing
from backend.passes.apple.pass_json import pass_of
from backend.passes.face import PassFace, Pictures
from tests.bench.harness import Report, alternate
from tests.bench.http import ROUNDS, server
from tests.bench.parts import updates
from tests.bench.parts.passes import peers
from tests.passes.apple.chain import AT, TOKEN, chain, maker
from tests.passes.face import anna

NAME = "passes"
CARDS = int(os.environ.get("BENCH_PASSES", "14000"))
_NOISE = random.Random(1)


def run(report: Report) -> None:
    with tempfile.TemporaryDirectory(prefix="karman-bench-") as folder:
        _made(report, Path(folder))
        asyncio.run(updates.measured(report, Path(folder), CARDS))
        _served(report, Path(folder))


def face() -> PassFace:
    """With a logo and a strip of about 60 KB in all sizes, as a brand's are."""
    return anna(pictures=Pictures(_picture(600, 200), _picture(1125, 432)))


def _picture(width: int, height: int) -> bytes:
    """Patches of colours, as large in PNG as drawings are."""
    small = Image.new("RGB", (18, 6))
    small.putdata([tuple(_NOISE.randrange(256) for _ in range(3)) for _ in range(108)])
    file = BytesIO()
    small.resize((width, height), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()


def _made(report: Report, folder: Path) -> None:
    ours, shown = maker(), face()
    pictures = images_of(_drawing(shown))
    size = sum(map(len, pictures.values()))
    report.add("pictures in each card", size / 1000, "KB")
    said, _ = pass_of(shown, TOKEN, ours.issuer)
    key = load_pem_private_key(chain().signer[chain().signer.index(b"-----BEGIN PRIV") :], None)
    assert isinstance(key, RSAPrivateKey)
    padding, sha256, content = PKCS1v15(), hashes.SHA256(), bytes(150)
    theirs = peers(folder, said, pictures)
    works: dict[str, Callable[[], object]] = {
        "bare": lambda: key.sign(content, padding, sha256),
        "ours": lambda: ours.make(shown, TOKEN, AT),
        **theirs,
    }
    rates = _rates(works)
    report.add(
        "cards made", rates["ours"], "1/cpu-s", against="limit a bare RSA-2048 signature",
        theirs=rates["bare"], aim=0.9,
    )  # fmt: skip
    fastest = max(theirs, key=lambda name: rates[name])
    for name in theirs:
        report.add(
            "cards made", rates["ours"], "1/cpu-s", against=f"peer {name}", theirs=rates[name],
            aim=5 if name == fastest else 20,
        )  # fmt: skip


def _rates(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Calls per second of CPU, that of processes which they start with it."""

    def measure(work: Callable[[], object]) -> Callable[[], float]:
        def once() -> float:
            calls, start = 0, _cpu()
            while (spent := _cpu() - start) < 0.15:
                for _ in range(5):
                    work()
                calls += 5
            return calls / spent

        return once

    for work in works.values():
        work()
    return alternate({name: measure(work) for name, work in works.items()}, 15)


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _served(report: Report, folder: Path) -> None:
    url, key = f"sqlite://{folder / 'served.db'}", os.urandom(32)
    serial, token = asyncio.run(updates.one_phone(url, key))
    log = folder / "log"
    own = f"Authorization: ApplePass {token}\r\n"
    asked = {
        "what is new": (updates.LIST, ""),
        "the newest card": (f"{updates.CARD}/{serial}", own),
    }
    with server(log, "hello") as bare, server(log, "passes", url, key.hex()) as site:
        taken: dict[str, list[float]] = {name: [] for name in ("hello", *asked)}
        for _ in range(ROUNDS):
            taken["hello"].append(asyncio.run(bare.rate("/hello"))[0])
            for name, (path, head) in asked.items():
                taken[name].append(asyncio.run(site.rate(path, head))[0])
    of_cpu = {name: statistics.median(rates) for name, rates in taken.items()}
    peer, hello = "peer bare hello-JSON", of_cpu.pop("hello")
    for name, rate in of_cpu.items():
        report.add(f"asked: {name}", rate, "/CPU-s", against=peer, theirs=hello)
