"""`karman audit` as the operator types it."""

import json
import os
from pathlib import Path

import pytest

from backend.cli.explain import CannotRun
from backend.cli.main import build_parser
from backend.cli.verbs.keeping.audit import wanted
from tests.support.machine.installed import install
from tests.support.machine.processes import start_karman


async def karman(home: Path, *arguments: str) -> tuple[int, str]:
    environment = {n: v for n, v in os.environ.items() if not n.startswith("KARMAN_")}
    environment |= {"KARMAN_DATA_DIR": str(home), "KARMAN_LOG_LEVEL": "error"}
    process = await start_karman(*arguments, environment=environment)
    out, err = await process.communicate()
    return process.returncode or 0, out.decode() or err.decode()


async def test_what_the_operator_did_is_told(tmp_path: Path) -> None:
    home = tmp_path / "data"
    install(home)
    code, told = await karman(home, "audit", "--verb", "load_pack", "--limit", "1")
    assert code == 0
    assert " operator cli: load_pack account " in told
    assert len(told.splitlines()) == 1
    _, lines = await karman(home, "audit", "--json", "--actor", "operator")
    entries = [json.loads(line) for line in lines.splitlines()]
    assert len(entries) > 1
    assert [entry["id"] for entry in entries] == sorted((e["id"] for e in entries), reverse=True)
    assert {entry["door"] for entry in entries} == {"cli"}
    of_brands = next(entry for entry in entries if entry["verb"] == "save_brand")
    assert (of_brands["before"], of_brands["account_id"] is None) == (None, False)
    assert of_brands["after"]["name_ru"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--actor", "somebody"),
        ("--verb", "break"),
        ("--subject", "customer:anna"),
        ("--subject", "customer:" + "9" * 30),
        ("--since", "yesterday"),
        ("--until", "2026-13-01"),
    ],
)
def test_a_filter_that_nothing_can_pass_says_what_was_expected(arguments: tuple[str, str]) -> None:
    with pytest.raises(CannotRun, match="expected"):
        wanted(build_parser().parse_args(["audit", *arguments]))
