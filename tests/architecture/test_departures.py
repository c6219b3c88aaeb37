"""Whoever leaves is forgotten by no room: every link to a person is exported and erased by somebody."""

from django.apps import apps
from django.db import models

from alongside.people import departures
from alongside.people.models import Membership, Person


def links_to_people() -> set[str]:
    """Every foreign key to Person or Membership in the house, as "app.Model.field"."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model in (Person, Membership)
    }


def test_every_link_to_a_person_is_looked_after_by_a_room() -> None:
    covered = set().union(*(room.covers for room in departures.rooms()))

    assert links_to_people() - covered == set()


def test_no_room_claims_links_that_are_not_there() -> None:
    covered = set().union(*(room.covers for room in departures.rooms()))

    assert covered - links_to_people() == set()
