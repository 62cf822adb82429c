"""Send many files one after the other, and watch what the rest of the house feels.

    python -m tests.fuzz.campaign COUNT [SEED]

prints what came of them. A file is made again by `sent(seed, number)`.
"""

import asyncio
import secrets
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from structlog.testing import capture_logs

from backend.exchange.shapes import FileRefused, Imported
from backend.pictures.card_picture import CardFace, draw_card
from backend.reading.reader import Reader
from backend.reading.result import FileRefused as Gone
from models.barcode_format import BarcodeFormat
from tests.fuzz.sent import Sent, sent

FACE = CardFace(
    brand="Лавка",
    primary="#2B5278",
    secondary=None,
    logo=None,
    holder="Анна",
    balance=None,
    tier=None,
    printed_number="4600000000015",
    barcode_value="4600000000015",
    barcode_format=BarcodeFormat.EAN13,
)
LONGEST = 13.0
"""Seconds: what the reader allows itself, and a second to start and end a process."""
TAP_EVERY = 0.1

Keep = Callable[[Sent, Imported], Awaitable[None]]
Tap = Callable[[], Awaitable[object]]


@dataclass(slots=True)
class Outcome:
    """`answers` counts kinds and codes; `bugs` and `late` name files; seconds otherwise."""

    files: int = 0
    cards: int = 0
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    bugs: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    taps: list[float] = field(default_factory=list)
    memory_kb: tuple[int, int] = (0, 0)
    worker_kb: int = 0

    def told(self) -> str:
        lines = [f"{self.files} files, {self.cards} cards read"]
        lines += [f"  {kind:14} {code:18} {n}" for (kind, code), n in sorted(self.answers.items())]
        lines.append(f"slowest answer {self.slowest[0]:.2f} s: {self.slowest[1]}")
        if self.taps:
            taps = sorted(self.taps)
            at = [taps[min(len(taps) - 1, int(len(taps) * part))] for part in (0.5, 0.99, 1.0)]
            lines.append(
                f"{len(taps)} taps: median {at[0]:.3f}, 99 % {at[1]:.3f}, worst {at[2]:.3f} s"
            )
        grown = self.memory_kb[1] - self.memory_kb[0]
        lines.append(
            f"memory grew by {grown // 1024} MB, worker at most {self.worker_kb // 1024} MB"
        )
        lines += [f"BUG {each}" for each in self.bugs] + [f"LATE {each}" for each in self.late]
        return "\n".join(lines)


async def campaign(
    seed: int, count: int, *, keep: Keep | None = None, tap: Tap | None = None, first: int = 0
) -> Outcome:
    """`keep` is what happens with the cards, `tap` what somebody
    else does meanwhile."""
    outcome = Outcome(memory_kb=(_memory("self", "VmRSS"), 0))
    async with Reader() as reader:
        tapping = asyncio.create_task(_taps(outcome, tap)) if tap else None
        for number in range(first, first + count):
            await _send(reader, outcome, await asyncio.to_thread(sent, seed, number), seed, keep)
        outcome.worker_kb = max((_memory(str(pid), "VmHWM") for pid in reader.pids), default=0)
        if tapping is not None:
            tapping.cancel()
            await asyncio.gather(tapping, return_exceptions=True)
    outcome.memory_kb = (outcome.memory_kb[0], _memory("self", "VmRSS"))
    return outcome


async def _send(reader: Reader, outcome: Outcome, file: Sent, seed: int, keep: Keep | None) -> None:
    with capture_logs() as said:
        began = time.monotonic()
        code, found = await _answered(reader, file)
        took = time.monotonic() - began
    name = f"{file.kind} {seed}/{file.number}"
    outcome.files += 1
    outcome.answers[file.kind, code] += 1
    outcome.slowest = max(outcome.slowest, (took, name))
    if took > LONGEST:
        outcome.late.append(f"{name}: {took:.1f} s")
    outcome.bugs += [f"{name}: {line['place']}" for line in said if "place" in line]
    if found is not None:
        outcome.cards += len(found.cards)
        if keep is not None:
            await keep(file, found)


async def _answered(reader: Reader, file: Sent) -> tuple[str, Imported | None]:
    try:
        if file.door == "cards":
            return "read", await reader.cards(file.data, file.password)
        if file.door == "picture":
            await reader.picture(file.data)
            return "kept", None
        reading = await reader.read(file.data)
        return (reading.refused or "read"), None
    except FileRefused as refused:
        return refused.code, None
    except Gone as gone:
        return gone.code.value, None


async def _taps(outcome: Outcome, tap: Tap) -> None:
    while True:
        began = time.monotonic()
        await tap()
        outcome.taps.append(time.monotonic() - began)
        await asyncio.sleep(TAP_EVERY)


def _memory(process: str, what: str) -> int:
    """In kB."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1])
    return 0


async def draw() -> None:
    await asyncio.to_thread(draw_card, FACE)


if __name__ == "__main__":
    chosen = int(sys.argv[2]) if len(sys.argv) > 2 else secrets.randbelow(1 << 31)
    done = asyncio.run(campaign(chosen, int(sys.argv[1]), tap=draw))
    sys.stdout.write(f"seed {chosen}: {done.told()}\n")
