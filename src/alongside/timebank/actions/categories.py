"""The kinds of help a community knows, under names of its own."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from alongside.kernel import activity
from alongside.people.models import Community, Person
from alongside.timebank.actions.who import id_of
from alongside.timebank.models import Category


@transaction.atomic
def add_category(*, community: Community, name: str, division: int, by: Person | None, at: datetime) -> Category:
    """Add a category beneath a division of ICATUS 2016 (1 to 9)."""
    last = Category.objects.of(community).aggregate(last=Max("position"))["last"]
    category = Category.objects.create(community=community, name=name, division=division, position=(last or 0) + 1)
    activity.log(did="timebank.category_added", about_what=category, by_id=id_of(by), at=at)
    return category


@transaction.atomic
def edit_category(*, category: Category, name: str, division: int, by: Person | None, at: datetime) -> Category:
    """Rename a category or move it beneath another division; its history comes along."""
    category.name, category.division = name, division
    category.save(update_fields=["name", "division"])
    activity.log(did="timebank.category_edited", about_what=category, by_id=id_of(by), at=at)
    return category


@transaction.atomic
def archive_category(*, category: Category, by: Person | None, at: datetime) -> Category:
    """Offer a category no more; what was posted under it keeps it."""
    category.archived_at = at
    category.save(update_fields=["archived_at"])
    activity.log(did="timebank.category_archived", about_what=category, by_id=id_of(by), at=at)
    return category


@transaction.atomic
def restore_category(*, category: Category, by: Person | None, at: datetime) -> Category:
    """Offer an archived category again."""
    category.archived_at = None
    category.save(update_fields=["archived_at"])
    activity.log(did="timebank.category_restored", about_what=category, by_id=id_of(by), at=at)
    return category


@transaction.atomic
def move_category(*, category: Category, up: bool, by: Person | None, at: datetime) -> Category:
    """Move a category one place up or down in the list that people choose from; at the end nothing changes."""
    line = list(Category.objects.of(category.community).in_use().in_order().select_for_update())
    here = next((place for place, each in enumerate(line) if each.pk == category.pk), None)
    there = None if here is None else here - 1 if up else here + 1
    if here is None or there is None or not 0 <= there < len(line):
        return category
    line[here], line[there] = line[there], line[here]
    for position, each in enumerate(line, start=1):
        each.position = position
    Category.objects.bulk_update(line, ["position"])
    activity.log(did="timebank.category_moved", about_what=category, by_id=id_of(by), at=at)
    return category
