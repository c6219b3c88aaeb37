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
