"""Filters that are made late are those that Tortoise makes at once."""

from functools import partial
from typing import Any

import pytest
from tortoise import Tortoise
from tortoise.filters import get_filters_for_field
from tortoise.models import Model

pytestmark = pytest.mark.usefixtures("database")


def _at_once(model: type[Model]) -> set[str]:
    meta = model._meta
    relations = meta.fk_fields | meta.o2o_fields
    fields = {name: it for name, it in meta.fields_map.items() if name not in relations}
    made = (get_filters_for_field(name, it, name) for name, it in {**fields, "pk": meta.pk}.items())
    return {key for each in made for key in each}


def _function(operator: Any) -> Any:
    return operator.func if isinstance(operator, partial) else operator


def test_every_filter_is_there_and_no_other() -> None:
    count = 0
    for model in Tortoise.apps["models"].values():
        filters, wanted = model._meta.filters, _at_once(model)
        assert all(key in filters for key in wanted)
        assert set(filters) == wanted
        for absent in ("nobody", "nobody__in", "pk__nobody", *model._meta.fk_fields):
            assert absent not in filters
            with pytest.raises(KeyError):
                filters[absent]
        count += len(wanted)
    assert count > 20_000


def test_a_filter_is_as_the_database_spells_it() -> None:
    for model in Tortoise.apps["models"].values():
        meta = model._meta
        spelled = meta.db.executor_class.get_overridden_filter_func
        plain = get_filters_for_field("pk", meta.pk, meta.pk.source_field or meta.pk_attr)
        for key, made in plain.items():
            found, wanted = meta.get_filter(key), spelled(made["operator"], made)
            assert _function(found["operator"]) == _function(wanted or made["operator"])
            assert found["field"] == meta.pk_attr
