"""Every loyalty processor by the name that a program gives."""

from collections.abc import Mapping

from backend.partners.pool import PoolProcessor
from backend.partners.processor import Processor

PROCESSORS: Mapping[str, Processor] = {"pool": PoolProcessor()}


def processor_named(name: str) -> Processor:
    return PROCESSORS[name]
