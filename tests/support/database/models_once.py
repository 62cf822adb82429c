"""What Tortoise makes of the models at every connect, made once for each kind of database.

A test connects to a database of its own, so Tortoise would make the filters and queries of all
models anew, three thousand times: a twentieth of the suite.
"""

from typing import Any

from tortoise.apps import Apps

# Of a model's MetaInfo: what is of one dialect, as Apps._build_initial_querysets makes it.
_LISTS = ("db_default_fields", "db_complex_fields", "db_native_fields")
_QUERIES = ("basetable", "basequery", "basequery_all_fields")


def make_models_once() -> None:
    """For this process. Migrations, which have models of their own, are left alone."""
    anew = Apps._build_initial_querysets
    made: dict[tuple[object, ...], list[tuple[Any, dict[str, Any]]]] = {}

    def build(apps: Apps) -> None:
        models = [model for app in apps.apps.values() for model in app.values()]
        key = (apps._connections.get("default").executor_class, *models)
        if key not in made:
            for model in models:
                model._meta.filters = {}
                for name in _LISTS:
                    setattr(model._meta, name, [])
            anew(apps)
            names = ("filters", *_LISTS, *_QUERIES)
            made[key] = [
                (model._meta, {name: getattr(model._meta, name) for name in names})
                for model in models
            ]
        for meta, values in made[key]:
            for name, value in values.items():
                setattr(meta, name, value)

    Apps._build_initial_querysets = build  # type: ignore[assignment,method-assign]
