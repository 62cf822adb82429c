"""docket without beartype.

docket brings a store for the results of tasks, of which there are none here; at its import that
store has beartype check the arguments of its functions: 400 modules, some 6 MB of every process and
a third of a second of its start. While docket is imported a beartype stands in that checks nothing;
whoever imports beartype later gets the real one.
"""

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

__all__ = ["Docket", "Worker"]


def _unchecked(**_conf: object) -> Any:
    return lambda function: function


def _stand_in() -> dict[str, ModuleType]:
    beartype, claw = ModuleType("beartype"), ModuleType("beartype.claw")
    beartype.__dict__.update(
        beartype=_unchecked,
        BeartypeConf=SimpleNamespace,
        BeartypeStrategy=SimpleNamespace(O0=0, O1=1),
        claw=claw,
    )
    claw.__dict__.update(beartype_this_package=_unchecked)
    return {"beartype": beartype, "beartype.claw": claw}


_hidden = {} if "beartype" in sys.modules else _stand_in()
sys.modules.update(_hidden)
try:
    from docket import Docket, Worker
finally:
    for _name in _hidden:
        del sys.modules[_name]
