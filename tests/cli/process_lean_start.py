"""Imports all tables as a start does, and tells of which modules the source was read."""

import importlib
import linecache

import backend.cli.opened  # noqa: F401  what is looked at
from models.registry import TABLE_MODULES

modules = [importlib.import_module(name) for name in ("tortoise.models", *TABLE_MODULES)]
files = {module.__file__ for module in modules}
print(*sorted(str(file) for file in files & linecache.cache.keys()) or ["none"])  # noqa: T201
