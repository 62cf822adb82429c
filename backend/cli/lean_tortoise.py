"""Tortoise without a look at the source of every model.

It looks there for comments of columns, which no model here has: 0.3 s of each start, and 5 MB.
When somebody has imported Tortoise or models before, nothing changes but the saving.
"""

import inspect
import sys
from typing import Any


def _no_source(_model: type) -> str:
    """Raises OSError, as for a class that has none."""
    raise OSError


def _no_comments(_model: type) -> dict[str, str]:
    return {}


def _import_tortoise() -> Any:
    getsource = inspect.getsource
    if "tortoise" not in sys.modules:
        inspect.getsource = _no_source  # type: ignore[assignment]
    try:
        import tortoise.models  # the very import this module is about
    finally:
        inspect.getsource = getsource
    return tortoise.models


_import_tortoise()._get_comments = _no_comments  # noqa: SLF001
