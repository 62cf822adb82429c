"""Every loop of the product is measured among a million people by the bench `growth`, or says there
why it is not."""

import ast
from pathlib import Path

from backend.platform.context import Context
from tests.bench.parts.rounds import APART, loops

ROOT = Path(__file__).parents[2]


def _named(call: ast.Call) -> str | None:
    """The first words of the name: `lane` of f"lane {name}"."""
    if not (isinstance(call.func, ast.Name) and call.func.id == "repeat" and call.args):
        return None
    name = call.args[0]
    if isinstance(name, ast.JoinedStr):
        name = name.values[0]
    assert isinstance(name, ast.Constant), ast.unparse(call)
    return str(name.value).strip()


def _loops_of_the_product() -> set[str]:
    found = set()
    for room in ("backend", "bot"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and (name := _named(node)) is not None:
                    found.add(name)
    return found


async def test_each_loop_is_measured_or_says_why_not(ctx: Context) -> None:
    there = _loops_of_the_product()
    assert len(there) > 20
    measured = {name for name, parts in loops(ctx).items() if parts}
    missing = there - measured - APART.keys()
    assert not missing, f"add to tests/bench/parts/rounds.py what they do in a round: {missing}"
    # The bot's inbox repeats itself.
    assert (measured | APART.keys()) - there == {"inbox"}
    assert not measured & APART.keys()
