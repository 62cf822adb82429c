"""What is told to stop has to stop."""

import ast

from tests.support.source import Source, sources


def swallowed_cancels(source: Source) -> list[str]:
    remedy = (
        "asyncio.wait_for loses a cancellation that comes when its wait is over (Python 3.11), and "
        "a loop goes on for ever: use `async with asyncio.timeout(…)`"
    )
    return [
        f"{source.path}:{node.lineno}: {remedy}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute | ast.Name)
        and (node.attr if isinstance(node, ast.Attribute) else node.id) == "wait_for"
    ]


def test_no_wait_swallows_a_cancellation() -> None:
    found = [line for source in sources() for line in swallowed_cancels(source)]
    assert not found, "\n" + "\n".join(found)


def test_the_check_sees_it() -> None:
    assert swallowed_cancels(Source("backend/x.py", "await asyncio.wait_for(event.wait(), 1)"))
    assert not swallowed_cancels(Source("backend/x.py", "async with asyncio.timeout(1): pass"))
