"""What every table of the house has in common."""

import re
from itertools import groupby

from django.apps import apps
from django.db import models

from alongside.people.models import CommunityModel, HouseForeignKey
from tests.support.source import room_order

ForeignKey = models.ForeignKey[models.Model, models.Model]
OURS = sorted(
    (model for model in apps.get_models() if model.__module__.startswith("alongside.")),
    key=lambda model: model._meta.label,
)
COMMUNITY_MODELS = [model for model in OURS if issubclass(model, CommunityModel)]
# Tables that belong to no single community, and why.
OF_THE_WHOLE_HOUSE = {
    "kernel": "plain ids and rows of the house's own machinery",
    "people.cacherow": "counts attempts at the door, before anybody is known",
    "people.community": "the tenant itself",
    "people.person": "one person may belong to several communities",
}


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def target(key: ForeignKey) -> type[models.Model]:
    """What a foreign key points at."""
    assert key.related_model is not None
    return key.related_model


def keys(model: type[models.Model]) -> list[ForeignKey]:
    return [field for field in model._meta.local_fields if isinstance(field, models.ForeignKey)]


def test_a_table_points_only_at_its_own_room_or_one_below():
    height = room_order()

    upward = [
        str(key)
        for model in OURS
        for key in keys(model)
        if target(key).__module__.startswith("alongside.")
        and target(key)._meta.app_label != model._meta.app_label
        and height[room_of(target(key))] >= height[room_of(model)]
    ]

    assert upward == []


def test_two_tables_of_a_community_are_joined_by_the_house_key():
    plain = [
        str(key)
        for model in COMMUNITY_MODELS
        for key in keys(model)
        if issubclass(target(key), CommunityModel) and not isinstance(key, HouseForeignKey)
    ]

    assert plain == []


def test_a_unique_rule_of_a_community_table_names_the_community():
    all_rules = [rule for model in COMMUNITY_MODELS for rule in model._meta.constraints]
    rules = [rule for rule in all_rules if isinstance(rule, models.UniqueConstraint)]
    fields = [field for model in COMMUNITY_MODELS for field in model._meta.local_fields]

    assert [rule.name for rule in rules if "community" not in written_out(rule)] == []
    assert [str(field) for field in fields if field.unique and not field.primary_key] == []


def written_out(rule: models.UniqueConstraint) -> str:
    return " ".join([*rule.fields, *map(repr, rule.expressions)])


def test_through_tables_are_explicit():
    through = {str(field): field.remote_field.through for model in OURS for field in model._meta.local_many_to_many}

    assert [name for name, table in through.items() if table is None or table._meta.auto_created] == []


def test_a_table_belongs_to_a_community_or_says_why_not():
    assert [model._meta.label for model in OURS if not belongs_to_somebody(model)] == []


def belongs_to_somebody(model: type[models.Model]) -> bool:
    of_the_house = {model._meta.app_label, model._meta.label_lower} & set(OF_THE_WHOLE_HOUSE)
    names_it = any(field.name in {"community", "community_id"} for field in model._meta.local_fields)
    hangs_on_a_person = any(target(key)._meta.label == "people.Person" for key in keys(model))

    return bool(names_it or of_the_house or hangs_on_a_person)


def test_every_constraint_has_a_name_of_its_own_that_reads_as_a_sentence():
    names = sorted(rule.name for model in OURS for rule in model._meta.constraints)

    assert [name for name, same in groupby(names) if len(list(same)) > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+){2,}", name)] == []
    assert [name for name in names if len(name) > 63] == []
