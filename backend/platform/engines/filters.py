"""Tortoise's filters, made when a query first names a field.

Tortoise keeps the two dozen that each field of each model could be asked by: 9 MB of dictionaries,
of which a process uses a few hundred.
"""

from typing import TypeGuard

from tortoise.fields.relational import BackwardFKRelation
from tortoise.filters import FilterInfoDict, get_filters_for_field
from tortoise.models import MetaInfo


class _Filters(dict[str, FilterInfoDict]):
    """Those of one model, by how a query names them: `status`, `created_at__lt`, `pk__in`."""

    def __init__(self, model: MetaInfo) -> None:
        super().__init__(model.filters)
        self._model = model
        self._made: set[str] = set()

    def __missing__(self, key: str) -> FilterInfoDict:
        if key in self:
            return self[key]
        raise KeyError(key)

    def __contains__(self, key: object) -> TypeGuard[str]:
        if isinstance(key, str):
            self._make(key.partition("__")[0])
        return super().__contains__(key)

    def _make(self, name: str) -> None:
        if name in self._made:
            return
        self._made.add(name)
        model = self._model
        field = model.pk if name == "pk" else model.fields_map.get(name)
        relations = model.fk_fields | model.o2o_fields | model.m2m_fields
        if field is None or name in relations:
            return
        source = "" if isinstance(field, BackwardFKRelation) else field.source_field
        own = field.model_field_name if name == "pk" else name
        spelled = model.db.executor_class.get_overridden_filter_func
        for key, found in get_filters_for_field(name, field, source or own).items():
            operator = spelled(filter_func=found["operator"], filter_info=found)
            self[key] = {**found, "operator": operator} if operator else found


def _generate_filters(model: MetaInfo) -> None:
    """In place of MetaInfo's own."""
    model.filters = _Filters(model)
    model._filters.clear()  # noqa: SLF001


MetaInfo._generate_filters = _generate_filters  # type: ignore[method-assign,assignment]  # noqa: SLF001
