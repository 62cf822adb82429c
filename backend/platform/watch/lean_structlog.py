"""structlog without rich, which it would import to draw tracebacks that are plain here: 4 MB of
every process. When somebody has imported structlog before, nothing changes but the saving."""

import sys
from typing import Any

__all__ = ["EventDict", "Processor", "WrappedLogger", "structlog"]

_modules: dict[str, Any] = sys.modules
_hidden = "rich" not in _modules
if _hidden:
    _modules["rich"] = None  # Python's own way to say: not there
try:
    import structlog
    from structlog.typing import EventDict, Processor, WrappedLogger
finally:
    if _hidden:
        del _modules["rich"]
