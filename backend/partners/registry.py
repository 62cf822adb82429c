"""Every loyalty processor by the name that a program gives: built in, or opened by the process."""

from collections.abc import Mapping
from typing import cast

from backend.partners.pool import PoolProcessor
from backend.partners.processor import Processor
from backend.platform.context import Context
from models.program import FROM_POOL

BUILT_IN: Mapping[str, Processor] = {kind: PoolProcessor() for kind in FROM_POOL}


def processor_named(ctx: Context, name: str) -> Processor:
    opened = ctx.processors.get(name)
    return BUILT_IN[name] if opened is None else cast("Processor", opened)
