"""Tortoise's migrations without the classes of all models for every operation.

Tortoise makes the classes of a model anew, with those of all models that it can reach in either
direction, whenever an operation changes it, and again for the state before: of 62 migrations that
was nine tenths of the time. Here a state is plain values, and the class of a model is made when
somebody asks for it, with the few that it refers to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tortoise.connection import ConnectionHandler
from tortoise.fields.relational import (
    ForeignKeyFieldInstance,
    ManyToManyFieldInstance,
    OneToOneFieldInstance,
)
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps
from tortoise.models import Model

_Key = tuple[str, str]
_REFERS = (ForeignKeyFieldInstance, OneToOneFieldInstance, ManyToManyFieldInstance)


class LeanMigrations(MigrationExecutor):
    """The executor, with states whose classes and copies cost nothing until they are looked at."""

    async def _project_state(
        self, applied: set[MigrationKey], *, upto: MigrationKey | None = None
    ) -> State:
        labels = self.loader.apps_config.items()
        defaults = {name: config.get("default_connection", "default") for name, config in labels}
        models: dict[_Key, ModelState] = {}
        state = _State(models=models, apps=_Classes(defaults, None, models))
        for key in self._full_plan():
            if key == upto:
                break
            if key in applied:
                migration = self.loader.graph.nodes[key]
                assert migration is not None, f"the database names {key}, and no file does"
                await migration.apply(state, dry_run=True)
        return state


class _State(State):
    def reload_model(self, app_label: str, model_name: str) -> None:
        """The next who asks for a class is given one of what is so by then."""

    def reload_models(self, model_tuples: Iterable[_Key]) -> None:
        pass

    def validate_relations_initialized(self) -> None:
        """Raises RuntimeError."""
        for (_, name), model in self.models.items():
            if lost := [each for each in _referred(model) if each not in self.models]:
                raise RuntimeError(f"{name} refers to {lost[0][1]}, which no migration creates")

    def clone(self) -> State:
        """Operations put other values in the place of these, and change none."""
        models = {
            key: replace(model, options=dict(model.options), fields=dict(model.fields))
            for key, model in self.models.items()
        }
        return _State(models=models, apps=self.apps.clone(model_states=models))


class _Classes(StateApps):
    """The classes of the models of a state, made anew for everybody who asks."""

    def __init__(
        self,
        default_connections: dict[str, str],
        connections: ConnectionHandler | None,
        models: Mapping[_Key, ModelState],
    ) -> None:
        super().__init__(default_connections, connections)
        self._models = models

    def get_model(self, app_label: str, model_name: str | None = None) -> type[Model]:
        """Raises KeyError."""
        key = self.split_reference(app_label) if model_name is None else (app_label, model_name)
        made = StateApps(dict(self._default_connections), self._connections)
        for app, name in self._with_referred(key):
            made.register_model(app, self._models[app, name].render(made))
        made._init_relations()  # noqa: SLF001
        made._build_initial_querysets()  # noqa: SLF001
        return made.get_model(*key)

    def _with_referred(self, key: _Key) -> list[_Key]:
        found = [key]
        for each in found:
            more = _referred(self._models[each])
            found += [one for one in more if one in self._models and one not in found]
        return found

    def unregister_model(self, app_label: str, model_name: str) -> None:
        """None is kept."""

    def clone(self, model_states: dict[_Key, ModelState] | None = None) -> StateApps:
        models = self._models if model_states is None else model_states
        return _Classes(dict(self._default_connections), self._connections, models)


def _referred(model: ModelState) -> list[_Key]:
    """What its fields refer to, as app and name; none twice."""
    named = (field.model_name for field in model.fields.values() if isinstance(field, _REFERS))
    pairs = (str(name).partition(".") for name in named)
    return list(dict.fromkeys((app, name) for app, _, name in pairs))
