"""The example of the client's README runs as it stands, and the client stands alone."""

import re
from typing import Any

from tests.partners.mindbox.conftest import ENDPOINT, SECRET
from tests.support.source import ROOT, sources

WIRE = "backend/partners/mindbox/wire/"


async def test_the_example_runs(host: str) -> None:
    text = (ROOT / WIRE / "README.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    made: dict[str, Any] = {"__name__": "example"}
    exec(compile(code, "README.md", "exec"), made)
    assert await made["main"](host, ENDPOINT, SECRET) == "1001"
    told = await made["main"](host, ENDPOINT, "wrong")
    assert "refused with 403" in told
    assert "may be sent again: False" in told


def test_nothing_of_karman_is_imported() -> None:
    ours = re.compile(
        r"\s*(?:from|import) (?:backend|bot|catalog|models)\b(?!\.partners\.mindbox\.wire)"
    )
    wire = [source for source in sources() if source.path.startswith(WIRE)]
    assert len(wire) > 8
    found = [
        f"{source.path}: {line}"
        for source in wire
        for line in source.text.splitlines()
        if ours.match(line)
    ]
    assert not found
