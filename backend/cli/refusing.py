"""An action of a verb on the opened database; each of its refusals is one line."""

import argparse
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.platform.context import Context

Action = Callable[[argparse.Namespace, "Context"], Awaitable[None]]


async def run_action(
    does: Action, arguments: argparse.Namespace, refused: Mapping[str, str]
) -> None:
    """`refused`: what to say to each code, with places for its details. Raises CannotRun."""
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from models.refusal import Refusal

    async with opened(start()) as ctx:
        try:
            await does(arguments, ctx)
        except Refusal as refusal:
            raise CannotRun(refused[refusal.code.value].format(**refusal.details)) from refusal
