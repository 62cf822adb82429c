"""Every loyalty processor by the name that a program gives: built in, or opened by the process."""

from collections.abc import Mapping
from typing import cast

from backend.partners.pool import PoolProcessor
from backend.partners.processor import Processor
from backend.platform.context import Context
from models.program import ProcessorKind

BUILT_IN: Mapping[str, Processor] = {ProcessorKind.POOL: PoolProcessor()}


def processor_named(ctx: Context, name: str) -> Processor:
    opened = ctx.processors.get(name)
    return BUILT_IN[name] if opened is None else cast("Processor", opened)
