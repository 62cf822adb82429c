"""Import aiogram without building 500 validators that nobody will use.

At import aiogram 3.31 makes pydantic build every type and method of the Bot API: 4 s of CPU
and 130 MB on the machine where it was measured. With this, each is built when it is first
used: 1.5 s and 25 MB. Import this module before anything that imports aiogram; when it comes
too late, nothing changes but the saving.

It relies on two things of pydantic 2: `defer_build` is inherited from a base class's
configuration, and a class that is built late looks up names in its parent namespace.
tests/messaging/telegram/test_lean_aiogram.py builds everything late, so an update that breaks this
is noticed there.
"""

import sys
from typing import Any

from pydantic import BaseModel

_names: dict[str, Any] = {}


def _remember(_cls: type[BaseModel], /, *, _types_namespace: Any = None, **_more: Any) -> None:
    """In place of model_rebuild while aiogram is imported: keep the names, build nothing."""
    if _types_namespace:
        _names.update(_types_namespace)


def _import_late() -> None:
    rebuild = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_config["defer_build"] = True
    BaseModel.model_rebuild = classmethod(_remember)  # type: ignore[assignment,method-assign]
    try:
        import aiogram  # noqa: PLC0415  the very import this module is about
    finally:
        BaseModel.model_rebuild = rebuild  # type: ignore[method-assign]
        del BaseModel.model_config["defer_build"]
    for model in _descendants(BaseModel):
        if model.__module__.startswith(f"{aiogram.__name__}."):
            model.__pydantic_parent_namespace__ = _names


def _descendants(model: type[BaseModel]) -> list[type[BaseModel]]:
    found = []
    for child in model.__subclasses__():
        found += [child, *_descendants(child)]
    return found


if "aiogram" not in sys.modules:
    _import_late()
