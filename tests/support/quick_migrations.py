"""Migrating an empty database in a third of the time, for the template alone.

Django keeps a picture of all models beside the tables. For every constraint or index that a migration adds or takes
away it draws anew the model and each one related to it: about a hundred classes, five hundred times. A constraint
changes no relation, so here the one model is told what holds now, and its neighbors stay as they are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.db.migrations.state import ProjectState

APPEND, REMOVE = ProjectState._append_option, ProjectState._remove_option  # type: ignore[attr-defined]


@contextmanager
def neighbors_left_alone() -> Iterator[None]:
    """Within this, constraints and indexes are put on the model that stands in the picture."""

    def append(state: ProjectState, app_label: str, model_name: str, option: str, added: object) -> None:
        with patch.object(ProjectState, "reload_model"):
            APPEND(state, app_label, model_name, option, added)
        tell(state, app_label, model_name, option)

    def remove(state: ProjectState, app_label: str, model_name: str, option: str, name: str) -> None:
        with patch.object(ProjectState, "reload_model"):
            REMOVE(state, app_label, model_name, option, name)
        tell(state, app_label, model_name, option)

    with patch.multiple(ProjectState, _append_option=append, _remove_option=remove):
        yield


def tell(state: ProjectState, app_label: str, model_name: str, option: str) -> None:
    if "apps" in state.__dict__:  # otherwise nothing is drawn yet
        about = state.apps.get_model(app_label, model_name)._meta
        setattr(about, option, list(state.models[app_label, model_name].options[option]))
