"""Which tables belong to a brand or an account: read off the models, so that none is forgotten."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from tortoise.fields.relational import RelationalField
from tortoise.models import Model

from models.registry import TABLE_MODULES

ROOTS = {"Account", "Brand"}
# Plain columns whose name does not say whose id they hold.
POINTS = {"subject_id": "Brand"}


@cache
def tables() -> Mapping[str, type[Model]]:
    """Every model by its name."""
    return {
        name: found
        for module in map(import_module, TABLE_MODULES)
        for name, found in vars(module).items()
        if isinstance(found, type) and issubclass(found, Model) and found is not Model
        if found.__module__ == module.__name__
    }


def points_at(model: type[Model]) -> set[str]:
    """The models that its rows name: by a foreign key, by a plain id, by a list of ids."""
    found = set()
    for name, field in model._meta.fields_map.items():
        if isinstance(field, RelationalField):
            told = getattr(field, "model_name", None)
            if told is not None:
                found.add(str(told).rpartition(".")[2])
        elif name in POINTS:
            found.add(POINTS[name])
        elif name.endswith(("_id", "_ids")):
            found.add(name.rpartition("_")[0].title().replace("_", ""))
    return found


@cache
def owned() -> Mapping[str, str]:
    """Model → table, for every model with a path to a brand or an account."""
    found = set(ROOTS)
    while True:
        more = {name for name, model in tables().items() if points_at(model) & found} - found
        if not more:
            return {name: tables()[name]._meta.db_table for name in sorted(found)}
        found |= more


@cache
def backward() -> frozenset[str]:
    """Names by which a row leads to rows that point at it: `customer.cards`."""
    fields = (each for model in tables().values() for each in model._meta.fields_map.values())
    named = (getattr(each, "related_name", None) for each in fields)
    return frozenset(str(name) for name in named if name)


@cache
def owned_sql() -> re.Pattern[str]:
    names = "|".join(owned().values())
    return re.compile(rf'\b(FROM|JOIN|UPDATE|INTO|USING)\s+"?({names})\b', re.IGNORECASE)
