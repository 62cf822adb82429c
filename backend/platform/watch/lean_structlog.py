"""structlog without rich, which it would import to draw tracebacks that are plain here: 4 MB of
every process; and without greenlet, which nothing here runs in. When somebody has imported
structlog before, nothing changes but the saving."""

import sys
from typing import Any

__all__ = ["EventDict", "Processor", "WrappedLogger", "structlog"]

_modules: dict[str, Any] = sys.modules
_hidden = {"rich", "greenlet"} - _modules.keys()
# Python's own way to say: not there.
_modules |= dict.fromkeys(_hidden)
try:
    import structlog
    from structlog.typing import EventDict, Processor, WrappedLogger
finally:
    for _name in _hidden:
        del _modules[_name]
